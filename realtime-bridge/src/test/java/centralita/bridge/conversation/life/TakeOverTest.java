package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-P1, F-P6: whoever takes a call over greets nobody and finishes what was begun. */
class TakeOverTest {
    private static final Input.FunctionCall TIME = new Input.FunctionCall("call_1", "get_current_time", "{}");

    @Test
    void whoTakesOverWarmGreetsNobodyAndAnswersWhatIsOwed() {
        // Given: a model session that was configured before the history was known
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
        var state = Conversation.warmed(setup, 0);
        state = ConversationLife.decide(state, new Input.ModelReady(100, Walk.session("sess_2", "m"), false, false))
                .to();

        // When
        var told = ConversationLife.decide(state, new Input.HistoryTold(5_000, true));
        var attached = ConversationLife.decide(told.to(), new Input.Attached(5_000, 1, 9));

        // Then
        assertThat(told.effects()).isEmpty();
        assertThat(attached.effects())
                .containsExactly(
                        new Effect.Publish(
                                new CallFact.ConversationStarted("b2", 9, "openai", "m", "marin", "sess_2", 100, true)),
                        new Effect.Ask("ask_1", null));
    }

    @Test
    void aToolThatTheBridgeBeforeHasBegunIsRunOnceAndItsAnswerToldWithTheCall() {
        // Given: F-P1: it died before the answer
        var walk = Walk.greeted();

        // When
        var left = walk.on(at -> new Input.ToolsLeft(at, List.of(TIME)));
        var again = walk.on(at -> new Input.ToolsLeft(at, List.of(TIME)));
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{}", 5));

        // Then
        assertThat(left)
                .containsExactly(
                        new Effect.Remember(new JournalEntry.ToolBegun("call_1", "get_current_time", "{}")),
                        new Effect.RunTool("call_1", "get_current_time", "{}"));
        assertThat(again).isEmpty();
        assertThat(walk.all(Effect.AnswerTool.class)).containsExactly(new Effect.AnswerTool("call_1", "{}", TIME));
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
    }

    @Test
    void whoStoodReadyForNothingTellsNobody() {
        // Given
        var state = Conversation.warmed(Walk.SETUP, 0);

        // When
        var end = ConversationLife.decide(state, new Input.HangUpRequested(10, EndReason.NEVER_ATTACHED));

        // Then
        assertThat(end.effects()).containsExactly(new Effect.LetGo(EndReason.NEVER_ATTACHED));
    }
}
