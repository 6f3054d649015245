package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.JournalEntry.AssistantSaid;
import centralita.bridge.conversation.life.JournalEntry.AssistantSpeaks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the journal is told of an answer while it is heard, and how often (F-P1). */
class InMidAnswerTest {
    private static final String TEXT = "one two three four five six seven eight";

    private final Walk walk = Walk.greeted();

    private List<JournalEntry> told() {
        var told = walk.all(Effect.Remember.class).stream()
                .map(Effect.Remember::entry)
                .toList();
        walk.forget();
        return told;
    }

    private static AssistantSpeaks note(String text, long madeMs, long heardMs, boolean complete) {
        return new AssistantSpeaks("item_1", text, 2, 2, 60_000, 0, madeMs, heardMs, complete);
    }

    private void grows(long ms, String text) {
        walk.on(at -> new Input.ItemGrew(at, "item_1", ms, text));
    }

    private void heard(long ms) {
        walk.on(at -> new Input.Heard(at, 2, ms, false));
    }

    private void begins() {
        walk.later(60_000);
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.on(at -> new Input.AudioStarted(at, "resp_1", "item_1"));
    }

    @Test
    void wordsAreWrittenDownAsSoonAsThereAreAnyAndThenNotWithEveryOne() {
        // Given
        begins();
        var wordless = told();

        // When
        grows(100, "one");
        var first = told();
        walk.later(100);
        grows(1_000, "one two three");
        walk.later(InMidAnswer.GROWING_MS - 101).tick();
        var soon = told();
        walk.later(1).tick();
        var then = told();

        // Then
        assertThat(wordless).isEmpty();
        assertThat(first).containsExactly(note("one", 100, 0, false));
        assertThat(soon).isEmpty();
        assertThat(then).containsExactly(note("one two three", 1_000, 0, false));
    }

    @Test
    void whenAllIsSaidItIsWrittenDownAtOnceAndThenOnlyHowMuchWasHeardOnceASecond() {
        // Given
        begins();
        grows(8_000, TEXT);
        told();

        // When
        walk.on(at -> new Input.AudioEnded(at, "item_1"));
        var complete = told();
        for (var ms = 200; ms <= 5_000; ms += 200) {
            walk.later(200);
            heard(ms);
        }
        var whileHeard = told();

        // Then
        assertThat(complete).containsExactly(note(TEXT, 8_000, 0, true));
        assertThat(whileHeard)
                .containsExactly(
                        note(TEXT, 8_000, 1_000, true),
                        note(TEXT, 8_000, 2_000, true),
                        note(TEXT, 8_000, 3_000, true),
                        note(TEXT, 8_000, 4_000, true),
                        note(TEXT, 8_000, 5_000, true));
    }

    @Test
    void whenNothingChangesNothingIsWritten() {
        // Given
        begins();
        grows(8_000, TEXT);
        told();

        // When
        for (var i = 0; i < 100; i++) {
            walk.later(200).tick();
        }

        // Then
        assertThat(told()).isEmpty();
    }

    @Test
    void howItEndedIsTheLastWord() {
        // Given
        begins();
        grows(8_000, TEXT);
        told();

        // When
        walk.later(5_000).callerSpeaks("u1");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 4_000)), 0));

        // Then
        assertThat(told()).containsExactly(new AssistantSaid("item_1", "one two three four", 4_000, true));
    }

    @Test
    void thatNothingOfItWasHeardIsWrittenDownAsWell() {
        // Given
        begins();
        grows(8_000, TEXT);
        told();

        // When
        walk.later(100).callerSpeaks("u1");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 0)), 0));

        // Then
        assertThat(told()).containsExactly(new AssistantSaid("item_1", "", 0, true));
    }
}
