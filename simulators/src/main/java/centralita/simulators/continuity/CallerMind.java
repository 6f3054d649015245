package centralita.simulators.continuity;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
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
    /** What is broken off, or not answered, is asked again another time, but not for ever. */
    private static final int MOST_TIMES = 3;

    private final Random random;
    private final long talkMs;
    private final Map<Question, Integer> times = new EnumMap<>(Question.class);
    private final Set<Question> told = EnumSet.noneOf(Question.class);
    private @Nullable Question last;
    private boolean struck;

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

    /** What became of a question. Only what was told can be asked for again. */
    void learned(Asked one) {
        switch (one.outcome()) {
            case ANSWERED, FORGOTTEN -> told.add(one.question());
            case CUT, UNANSWERED, ABANDONED, ENDED -> {}
        }
    }

    /** @param elapsedMs of the call, in telephone time */
    Question next(long elapsedMs) {
        var question = choose(elapsedMs);
        times.merge(question, 1, Integer::sum);
        last = question;
        return question;
    }

    private Question choose(long elapsedMs) {
        if (struck) {
            struck = false;
            return open(Question.CODE_WORD) ? Question.CODE_WORD : Question.CHAT;
        }
        if (last == Question.HOURS) {
            return Question.STOP;
        }
        if (open(Question.TIME)) {
            return Question.TIME;
        }
        if (elapsedMs < talkMs) {
            return random.nextInt(CHANCE_OF_HOURS) == 0 ? Question.HOURS : Question.CHAT;
        }
        if (open(Question.CODE_WORD)) {
            return Question.CODE_WORD;
        }
        if (told.contains(Question.CODE_WORD) && open(Question.WORD_AGAIN)) {
            return Question.WORD_AGAIN;
        }
        if (told.contains(Question.TIME) && open(Question.TIME_AGAIN)) {
            return Question.TIME_AGAIN;
        }
        return Question.GOODBYE;
    }

    private boolean open(Question question) {
        return !told.contains(question) && times.getOrDefault(question, 0) < MOST_TIMES;
    }
}
