package centralita.simulators.continuity;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a caller asks next: first a tool's result, then this and that, a code word while the line is struck, and
 * in the end both again. Pure but for its own dice.
 */
final class CallerMind {
    private static final int CHANCE_OF_HOURS = 4;
    private static final int LONGEST_PAUSE_MS = 1_500;

    private final Random random;
    private final long talkMs;
    private final Set<Question> asked = EnumSet.noneOf(Question.class);
    private @Nullable Question last;
    private boolean struck;
    private boolean toolKnown;

    /** @param talkMs telephone time after which the call comes to its end */
    CallerMind(long seed, long talkMs) {
        random = new Random(seed);
        this.talkMs = talkMs;
    }

    /** Something has happened to the suite: whatever is said next is said into it. @return how soon */
    int struck() {
        struck = true;
        return random.nextInt(LONGEST_PAUSE_MS);
    }

    void learned(Asked outcome) {
        if (outcome.question() == Question.TIME && outcome.outcome() == Asked.Outcome.ANSWERED) {
            toolKnown = true;
        }
    }

    /** @param elapsedMs of the call, in telephone time */
    Question next(long elapsedMs) {
        var question = choose(elapsedMs);
        asked.add(question);
        last = question;
        return question;
    }

    private Question choose(long elapsedMs) {
        if (struck) {
            struck = false;
            return asked.contains(Question.CODE_WORD) ? Question.CHAT : Question.CODE_WORD;
        }
        if (last == Question.HOURS) {
            return Question.STOP;
        }
        if (!asked.contains(Question.TIME)) {
            return Question.TIME;
        }
        if (elapsedMs < talkMs) {
            return random.nextInt(CHANCE_OF_HOURS) == 0 ? Question.HOURS : Question.CHAT;
        }
        if (!asked.contains(Question.CODE_WORD)) {
            return Question.CODE_WORD;
        }
        if (!asked.contains(Question.WORD_AGAIN)) {
            return Question.WORD_AGAIN;
        }
        if (toolKnown && !asked.contains(Question.TIME_AGAIN)) {
            return Question.TIME_AGAIN;
        }
        return Question.GOODBYE;
    }
}
