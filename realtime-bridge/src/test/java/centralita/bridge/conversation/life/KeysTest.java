package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.transcript.TranscriptFact;
import org.junit.jupiter.api.Test;

/** Keys of the telephone: the caller's, and those that the assistant presses. */
class KeysTest {
    @Test
    void keysSoundBehindWhatPlays() {
        // Given
        var walk = Walk.greeted();
        walk.says("resp_1", "item_1", 500);

        // When
        var effects = walk.on(at -> new Input.DigitsWanted(at, "12#"));

        // Then: the greeting was the first item, the answer the second
        assertThat(effects).containsExactly(new Effect.PlayKeys("12#", 3));
        assertThat(effects.toString()).doesNotContain("12#");
    }

    @Test
    void nobodyPressesKeysForACallerWhoIsGone() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.Detached(at, Input.LineEnd.LOST));

        // When, then
        assertThat(walk.on(at -> new Input.DigitsWanted(at, "1"))).isEmpty();
    }

    @Test
    void keysAreGatheredAndToldAsOne() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.Digit(at, '4'));
        walk.later(1_000).on(at -> new Input.Digit(at, '2'));

        // When
        var early = walk.later(1_499).tick();
        var due = walk.later(1).tick();

        // Then
        assertThat(early).isEmpty();
        assertThat(due)
                .contains(new Effect.TellAsCaller("[The caller pressed these keys on the telephone: 42]"))
                .contains(new Effect.Ask("ask_2", null));
        assertThat(walk.transcripts(TranscriptFact.Digits.class))
                .containsExactly(new TranscriptFact.Digits("42", 2_500));
    }
}
