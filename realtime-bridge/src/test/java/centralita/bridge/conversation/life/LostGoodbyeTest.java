package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.EndReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * F-P3, F-W6: the caller's line is lost while the assistant says goodbye. He hears the goodbye on his next line, and then the
 * call ends; nobody is left there in silence.
 */
class LostGoodbyeTest {
    private static final Input.FunctionCall END = new Input.FunctionCall("call_2", "end_call", "{}");
    private static final Effect.HangUp HANG_UP = new Effect.HangUp(EndReason.ASSISTANT_HUNG_UP, true);

    private final Walk walk = Walk.greeted();

    private void theLineIsLost() {
        walk.on(at -> new Input.Detached(at, Input.LineEnd.LOST));
    }

    private void theCallerIsBack() {
        walk.later(1_000);
        walk.on(at -> new Input.Attached(at, 2, 5));
    }

    private void theModelEndsTheCall(String responseId) {
        walk.done(responseId, Input.Status.COMPLETED, END);
        walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));
    }

    private void theGoodbyeIsSaidAndHeard(String responseId, String itemId) {
        walk.says(responseId, itemId, 800);
    }

    @Test
    void whoseLineWasLostWhileTheModelEndsTheCallHearsAGoodbyeAndThenTheCallEnds() {
        // Given: words and the end of the call in one response
        walk.begins("resp_1", "item_1", 800);
        theLineIsLost();
        theModelEndsTheCall("resp_1");
        var intoTheVoid = walk.all(Effect.HangUp.class);

        // When
        theCallerIsBack();
        var asked = walk.all(Effect.Ask.class);
        theGoodbyeIsSaidAndHeard("resp_2", "item_2");

        // Then
        assertThat(intoTheVoid).isEmpty();
        assertThat(asked)
                .singleElement()
                .satisfies(ask -> assertThat(ask.instructions()).isEqualTo(Lines.goodbye(Walk.SETUP)));
        assertThat(walk.all(Effect.Play.class)).hasSize(2);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(HANG_UP);
    }

    @Test
    void aGoodbyeThatWasCutOffIsSaidAgain() {
        // Given
        theModelEndsTheCall("resp_1");
        walk.begins("resp_2", "item_2", 800);
        theLineIsLost();

        // When: the rest of it is made after he is back
        theCallerIsBack();
        walk.ends("resp_2", "item_2");
        var beforeItIsSaid = List.copyOf(walk.all(Effect.HangUp.class));
        theGoodbyeIsSaidAndHeard("resp_3", "item_3");

        // Then
        assertThat(beforeItIsSaid).isEmpty();
        assertThat(walk.all(Effect.Ask.class)).hasSize(2);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(HANG_UP);
    }

    @Test
    void anotherStreamThatComesAfterTheHangUpWasOrderedIsEndedAsWell() {
        // Given: all is said and heard, the gateway was told, and it is gone without a word
        walk.begins("resp_1", "item_1", 800);
        walk.on(at -> new Input.AudioEnded(at, "item_1"));
        theModelEndsTheCall("resp_1");
        walk.on(at -> new Input.Heard(at, 2, 800, true));

        // When
        theCallerIsBack();

        // Then
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(HANG_UP, HANG_UP);
    }

    @Test
    void aGoodbyeThatBeginsWhileTheLineIsLostIsSaidAgain() {
        // Given: it is asked for, and not begun
        theModelEndsTheCall("resp_1");
        theLineIsLost();

        // When: it begins, he is back, it ends
        walk.begins("resp_2", "item_2", 800);
        theCallerIsBack();
        walk.ends("resp_2", "item_2");
        var beforeItIsSaid = List.copyOf(walk.all(Effect.HangUp.class));
        theGoodbyeIsSaidAndHeard("resp_3", "item_3");

        // Then
        assertThat(beforeItIsSaid).isEmpty();
        assertThat(walk.all(Effect.Play.class)).hasSize(1);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(HANG_UP);
    }

    @Test
    void aGoodbyeOfWhichNothingWasMadeWhileTheLineWasLostIsHeard() {
        // Given
        theModelEndsTheCall("resp_1");
        theLineIsLost();
        walk.on(at -> new Input.ResponseCreated(at, "resp_2"));

        // When
        theCallerIsBack();
        var beforeItIsSaid = List.copyOf(walk.all(Effect.HangUp.class));
        walk.on(at -> new Input.ItemAdded(at, "resp_2", "item_2"));
        walk.on(at -> new Input.AudioStarted(at, "resp_2", "item_2"));
        walk.ends("resp_2", "item_2");

        // Then
        assertThat(beforeItIsSaid).isEmpty();
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
        assertThat(walk.all(Effect.Play.class)).hasSize(1);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(HANG_UP);
    }

    @Test
    void whenAnEarlierAnswerIsCutAGoodbyeThatIsAskedForIsSaidOnce() {
        // Given: the answer plays while the goodbye is on its way
        walk.says("resp_1", "item_1", 4_000);
        walk.on(at -> new Input.ToolsLeft(at, List.of()));
        walk.done("resp_x", Input.Status.COMPLETED, END);
        walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));

        // When
        theLineIsLost();
        theCallerIsBack();
        theGoodbyeIsSaidAndHeard("resp_2", "item_2");

        // Then
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(HANG_UP);
    }

    @Test
    void anAnswerThatBeginsWhileTheLineIsLostIsMissed() {
        // Given: the caller has asked
        walk.callerSpeaks("u_1");
        walk.callerStops("u_1");
        theLineIsLost();

        // When
        walk.begins("resp_1", "item_1", 800);
        theCallerIsBack();
        walk.ends("resp_1", "item_1");

        // Then: he is not left to wait for it
        assertThat(walk.all(Effect.Ask.class))
                .singleElement()
                .satisfies(ask -> assertThat(ask.instructions()).isEqualTo(Lines.afterLostLine(Walk.SETUP)));
    }

    @Test
    void whatNobodyHearsIsNotMadeToItsEnd() {
        // Given
        walk.begins("resp_1", "item_1", 4_000);

        // When
        theLineIsLost();
        theCallerIsBack();
        walk.done("resp_1", Input.Status.CANCELLED);

        // Then
        assertThat(walk.all(Effect.Cancel.class)).containsExactly(new Effect.Cancel("resp_1"));
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
    }

    @Test
    void whenTheModelIsLostAfterTheLineNothingIsSaidTwice() {
        // Given: in the middle of an answer the line goes and comes
        walk.begins("resp_1", "item_1", 4_000);
        theLineIsLost();
        theCallerIsBack();

        // When
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        walk.later(500);
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "gpt-realtime-2.1"), true, false));
        theGoodbyeIsSaidAndHeard("resp_2", "item_2");

        // Then: the rest of it, once
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
    }

    @Test
    void wordsThatNobodyHeardAreNoGoodbye() {
        // Given: the tool that ends the call runs, and what was said with it is lost meanwhile
        walk.begins("resp_1", "item_1", 800);
        walk.done("resp_1", Input.Status.COMPLETED, END);
        theLineIsLost();
        theCallerIsBack();

        // When
        walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));
        theGoodbyeIsSaidAndHeard("resp_2", "item_2");

        // Then
        assertThat(walk.all(Effect.Ask.class).getLast().instructions()).isEqualTo(Lines.goodbye(Walk.SETUP));
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(HANG_UP);
    }

    @Test
    void withoutAModelNobodyWaitsLongForWordsThatDoNotCome() {
        // Given
        walk.begins("resp_1", "item_1", 800);
        theLineIsLost();
        walk.on(at -> new Input.HangUpRequested(at, EndReason.ASSISTANT_HUNG_UP));
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));

        // When
        theCallerIsBack();
        walk.later(Walk.SETUP.patience().farewellMs()).tick();

        // Then
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(HANG_UP);
    }

    @Test
    void whoDoesNotComeBackIsNotWaitedForAnyLonger() {
        // Given
        walk.begins("resp_1", "item_1", 800);
        theLineIsLost();
        theModelEndsTheCall("resp_1");

        // When
        walk.later(Walk.SETUP.patience().reattachMs()).tick();

        // Then
        assertThat(walk.all(Effect.HangUp.class)).isEmpty();
        assertThat(walk.state().ended()).isNotNull();
    }
}
