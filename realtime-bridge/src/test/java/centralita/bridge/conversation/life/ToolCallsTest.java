package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import org.junit.jupiter.api.Test;

/** F-O8: functions that the model calls are answered, each once and so many of them. */
class ToolCallsTest {
    private static final Input.FunctionCall TIME = new Input.FunctionCall("call_1", "get_current_time", "{}");
    private static final Input.FunctionCall END = new Input.FunctionCall("call_2", "end_call", "{}");

    @Test
    void aToolThatTheModelMadeUpIsNotNamedInEvents() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        var invented = new Input.FunctionCall("call_7", "tell_34600111222_hello", "{}");
        walk.done("resp_1", Input.Status.COMPLETED, invented);

        // When
        walk.on(at -> new Input.ToolFinished(at, "call_7", "refused", "{}", 0));

        // Then
        assertThat(walk.facts(CallFact.ToolCalled.class))
                .containsExactly(new CallFact.ToolCalled("call_7", "unknown", "refused", 0));
    }

    @Test
    void everyCallIsAnsweredAndThenOneResponseIsAskedFor() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        var second = new Input.FunctionCall("call_9", "get_current_time", "{}");
        walk.done("resp_1", Input.Status.COMPLETED, TIME, second, TIME);

        // When
        var afterFirst = walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{}", 4));
        var afterSecond = walk.on(at -> new Input.ToolFinished(at, "call_9", "ok", "{}", 4));
        var repeated = walk.on(at -> new Input.ToolFinished(at, "call_9", "ok", "{}", 4));

        // Then
        assertThat(walk.all(Effect.RunTool.class)).hasSize(2);
        assertThat(afterFirst).noneMatch(Effect.Ask.class::isInstance);
        assertThat(afterSecond).first().isEqualTo(new Effect.AnswerTool("call_9", "{}", null));
        assertThat(afterSecond).last().isEqualTo(new Effect.Ask("ask_2", null));
        assertThat(repeated).isEmpty();
    }

    @Test
    void callsOverTheLimitOfATurnAreRefusedWithWordsForTheModel() {
        // Given (F-O8)
        var walk = Walk.greeted();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        var calls = new Input.FunctionCall[50];
        for (var i = 0; i < calls.length; i++) {
            calls[i] = new Input.FunctionCall("call_" + i, "get_current_time", "{}");
        }

        // When
        walk.done("resp_1", Input.Status.COMPLETED, calls);

        // Then
        assertThat(walk.all(Effect.RunTool.class)).hasSize(3);
        assertThat(walk.all(Effect.AnswerTool.class))
                .hasSize(47)
                .allMatch(answer -> answer.output().contains("too_many_calls"));
    }

    @Test
    void callsOfACancelledResponseAreIgnored() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));

        // When
        walk.done("resp_1", Input.Status.CANCELLED);

        // Then
        assertThat(walk.all(Effect.RunTool.class)).isEmpty();
    }

    @Test
    void aCallEndsAfterTheFarewellThatCameWithTheFunction() {
        // Given
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 800);
        walk.done("resp_1", Input.Status.COMPLETED, END);

        // When
        var effects = walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));
        walk.on(at -> new Input.Heard(at, 2, 800, true));
        walk.on(at -> new Input.Detached(at, Input.LineEnd.STOPPED));

        // Then
        assertThat(effects)
                .contains(new Effect.HangUp(EndReason.ASSISTANT_HUNG_UP, true))
                .noneMatch(Effect.Ask.class::isInstance);
        assertThat(walk.state().ended()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
    }

    @Test
    void withoutAFarewellTheModelIsAskedForOne() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, END);

        // When
        walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));
        walk.begins("resp_2", "item_2", 500);
        var effects = walk.done("resp_2", Input.Status.COMPLETED);

        // Then
        assertThat(walk.all(Effect.Ask.class))
                .hasSize(1)
                .allMatch(ask -> ask.instructions().contains("goodbye"));
        assertThat(effects).contains(new Effect.HangUp(EndReason.ASSISTANT_HUNG_UP, true));
    }
}
