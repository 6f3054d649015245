package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.transcript.TranscriptFact;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A caller who speaks stops the assistant, and the model knows what he has heard. */
class BargeInTest {
    @Test
    void theCallersWordStopsPlaybackAndWhatHeHeardIsAllThatTheModelRemembers() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.begins("resp_1", "item_1", 4_000);
        walk.forget();

        // When
        walk.later(1_000).callerSpeaks("u2");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 1_000)), 3));

        // Then
        assertThat(walk.all(Effect.ClearPlayback.class)).containsExactly(new Effect.ClearPlayback(1));
        assertThat(walk.all(Effect.Silence.class)).containsExactly(new Effect.Silence(List.of("item_1")));
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 1_000));
        assertThat(walk.all(Effect.Cancel.class)).isEmpty();
        assertThat(walk.facts(CallFact.BargeIn.class)).containsExactly(new CallFact.BargeIn("item_1", 1_000, 4_000, 3));
        assertThat(walk.transcripts(TranscriptFact.Said.class))
                .containsExactly(new TranscriptFact.Said("ASSISTANT", "item_1", 2, "one two", 0, 1_000L, true));
    }

    @Test
    void anAnswerThatWasCutOnTheWayIsRememberedAsFarAsItWasHeard() {
        // Given: F-O7
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 400_000);
        walk.on(at -> new Input.AudioEnded(at, "item_1"));
        walk.done("resp_1", Input.Status.COMPLETED);

        // When
        walk.on(at -> new Input.Heard(at, 2, 100_000, true));

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 100_000));
        assertThat(walk.transcripts(TranscriptFact.Said.class))
                .last()
                .satisfies(said -> assertThat(said.interrupted()).isTrue());
    }

    @Test
    void truncationIsNeverBeyondWhatWasMade() {
        // Given
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 400);

        // When
        walk.callerSpeaks("u2");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 485)), 0));

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 400));
    }

    @Test
    void ofSeveralItemsOnlyThoseNotHeardToTheEndAreTruncatedAndUnbegunOnesToNothing() {
        // Given
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 500);
        walk.on(at -> new Input.AudioEnded(at, "item_1"));
        for (var item : List.of("item_2", "item_3")) {
            walk.on(at -> new Input.ItemAdded(at, "resp_1", item));
            walk.on(at -> new Input.AudioStarted(at, "resp_1", item));
            walk.on(at -> new Input.ItemGrew(at, item, 900, "words"));
            walk.on(at -> new Input.AudioEnded(at, item));
        }
        walk.done("resp_1", Input.Status.COMPLETED);
        walk.on(at -> new Input.Heard(at, 2, 500, true));

        // When: the response is done, its audio still plays
        walk.callerSpeaks("u2");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(3, 200), new Input.HeardItem(4, 0)), 0));

        // Then
        assertThat(walk.all(Effect.Truncate.class))
                .containsExactly(new Effect.Truncate("item_2", 200), new Effect.Truncate("item_3", 0));
        assertThat(walk.facts(CallFact.Turn.class))
                .last()
                .isEqualTo(new CallFact.Turn(2, "speech", 0, 0L, 2_300, 700, true));
    }

    @Test
    void audioOfAnInterruptedResponseIsThrownAwayAndItsUnheardItemsAreForgotten() {
        // Given
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 500);
        walk.callerSpeaks("u2");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 100)), 0));
        walk.forget();

        // When
        walk.on(at -> new Input.ItemAdded(at, "resp_1", "item_2"));
        walk.on(at -> new Input.AudioStarted(at, "resp_1", "item_2"));
        walk.on(at -> new Input.ItemAdded(at, "resp_1", "item_3"));
        walk.done("resp_1", Input.Status.CANCELLED);

        // Then
        assertThat(walk.all(Effect.Play.class)).isEmpty();
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_2", 0));
        assertThat(walk.all(Effect.Delete.class)).containsExactly(new Effect.Delete("item_3"));
    }

    @Test
    void aGatewayThatDoesNotSayWhatWasHeardIsNotWaitedForLong() {
        // Given
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 2_000);
        walk.on(at -> new Input.Heard(at, 2, 120, false));
        walk.callerSpeaks("u2");

        // When
        walk.later(1_000).tick();

        // Then: he has heard on for a while
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 520));
    }
}
