package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import org.junit.jupiter.api.Test;

/** What holds for a conversation whatever it is about. */
class ConversationLifeTest {
    @Test
    void theCallersPlaceInTheHistoryIsKeptBeforeHisWordsAreKnown() {
        // Given
        var walk = Walk.greeted();
        walk.forget();

        // When
        walk.callerSpeaks("u_1");
        walk.callerStops("u_1");
        walk.on(at -> new Input.CallerTranscribed(at, "u_1", "What time is it?"));

        // Then
        assertThat(walk.all(Effect.Remember.class))
                .containsExactly(
                        new Effect.Remember(new JournalEntry.CallerSaid("u_1", "")),
                        new Effect.Remember(new JournalEntry.CallerSaid("u_1", "What time is it?")));
    }

    @Test
    void nothingHappensAfterTheEnd() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.Detached(at, Input.LineEnd.STOPPED));

        // When
        var afterwards = walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));

        // Then
        assertThat(afterwards).isEmpty();
        assertThat(walk.facts(CallFact.ConversationEnded.class))
                .containsExactly(new CallFact.ConversationEnded(EndReason.CALLER_HUNG_UP, 1, 0, 0, 0, 5, null));
    }
}
