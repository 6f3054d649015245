package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import org.junit.jupiter.api.Test;

/** A conversation begins when both are there, and once. */
class GreetingTest {
    @Test
    void theAssistantGreetsWhenBothAreThereAndNotBefore() {
        // Given
        var walk = new Walk(Walk.SETUP);

        // When
        var whenReady = walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), false, false));
        walk.later(300);
        var whenAttached = walk.on(at -> new Input.Attached(at, 1, 5));

        // Then
        assertThat(whenReady).isEmpty();
        assertThat(whenAttached)
                .containsExactly(
                        new Effect.Publish(
                                new CallFact.ConversationStarted("b1", 5, "openai", "m", "marin", "sess_1", 0, false)),
                        new Effect.Ask("ask_1", "Be brief.\n\n# Now\nGreet."));
    }

    @Test
    void aCallThatWasServedBeforeIsNotGreetedAgain() {
        // Given
        var setup = new Setup(
                "b2",
                Setup.ModelCare.USUAL,
                "marin",
                "Be brief.",
                "Greet.",
                "en-US",
                Walk.LIMITS,
                Setup.Patience.USUAL,
                true,
                Walk.TOOLS);
        var walk = new Walk(setup);
        walk.on(at -> new Input.Attached(at, 1, 9));

        // When
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, false));

        // Then
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
        assertThat(walk.facts(CallFact.ConversationStarted.class)).hasSize(1);
    }

    @Test
    void aCallerWhoNeverComesIsLetGoAfterAMinute() {
        // Given
        var walk = new Walk(Walk.SETUP);

        // When
        var before = walk.later(59_999).tick();
        var after = walk.later(1).tick();

        // Then
        assertThat(before).isEmpty();
        assertThat(after)
                .containsExactly(
                        new Effect.Publish(
                                new CallFact.ConversationEnded(EndReason.NEVER_ATTACHED, 0, 0, 0, 0, 0, null)),
                        new Effect.LetGo(EndReason.NEVER_ATTACHED));
    }
}
