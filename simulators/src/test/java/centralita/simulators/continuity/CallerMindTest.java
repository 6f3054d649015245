package centralita.simulators.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.continuity.Asked.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerMindTest {
    private static final long TALK_MS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyCallBeginsWithAToolAndEndsWithBothMemoriesAndGoodbye(long seed) {
        // Given
        var mind = new CallerMind(seed, TALK_MS);

        // When
        var asked = talk(mind, 60_000);

        // Then
        assertThat(asked).startsWith(Question.TIME);
        assertThat(asked).endsWith(Question.CODE_WORD, Question.WORD_AGAIN, Question.TIME_AGAIN, Question.GOODBYE);
    }

    @Test
    void whatIsSaidIntoAStrikeIsTheCodeWord() {
        // Given
        var mind = new CallerMind(1, TALK_MS);
        mind.next(0);

        // When
        int soonMs = mind.struck();
        var next = mind.next(5_000);

        // Then
        assertThat(next).isEqualTo(Question.CODE_WORD);
        assertThat(soonMs).isBetween(0, 1_500);
    }

    @Test
    void aCodeWordThatWasNotedIsNotSaidAgain() {
        // Given
        var mind = new CallerMind(1, TALK_MS);
        mind.struck();
        mind.learned(outcome(mind.next(0), Outcome.ANSWERED));

        // When
        mind.struck();
        var next = mind.next(5_000);

        // Then
        assertThat(next).isEqualTo(Question.CHAT);
    }

    @Test
    void aCodeWordThatWasBrokenOffIsSaidAgain() {
        // Given
        var mind = new CallerMind(1, TALK_MS);
        mind.struck();
        mind.learned(outcome(mind.next(0), Outcome.ABANDONED));

        // When
        mind.struck();
        var next = mind.next(5_000);

        // Then
        assertThat(next).isEqualTo(Question.CODE_WORD);
    }

    @Test
    void whatWasNeverToldIsNotAskedForAgainAndNothingIsAskedForEver() {
        // Given
        var mind = new CallerMind(1, 0);

        // When
        var asked = new ArrayList<Question>();
        for (Question next = mind.next(1); next != Question.GOODBYE; next = mind.next(1)) {
            asked.add(next);
            mind.learned(outcome(next, Outcome.UNANSWERED));
        }

        // Then
        assertThat(asked)
                .containsExactly(
                        Question.TIME,
                        Question.TIME,
                        Question.TIME,
                        Question.CODE_WORD,
                        Question.CODE_WORD,
                        Question.CODE_WORD);
    }

    private static Asked outcome(Question question, Outcome outcome) {
        return new Asked(question, 1, 0, 0, 0, 0, 0, 0, outcome, List.of());
    }

    /** Every question takes two seconds and is answered. */
    private static List<Question> talk(CallerMind mind, long limitMs) {
        var asked = new ArrayList<Question>();
        for (long now = 0; now < limitMs; now += 2_000) {
            var question = mind.next(now);
            asked.add(question);
            mind.learned(outcome(question, Outcome.ANSWERED));
            if (question == Question.GOODBYE) {
                return asked;
            }
        }
        return asked;
    }
}
