package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TH-11: what a conversation may last and cost, and how it ends when it does. */
class LimitsTest {
    private static final Input.FunctionCall END = new Input.FunctionCall("call_2", "end_call", "{}");

    @Test
    void aGoodbyeIsFinalWhateverTheCallerSaysMeanwhile() {
        // Given
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 800);
        walk.done("resp_1", Input.Status.COMPLETED, END);
        walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));
        walk.forget();

        // When: the caller speaks, and the model answers him by itself
        walk.callerSpeaks("u_2");
        walk.callerStops("u_2");
        walk.begins("resp_2", "item_2", 500);
        walk.ends("resp_2", "item_2");
        walk.on(at -> new Input.Heard(at, 2, 800, true));
        walk.on(at -> new Input.Detached(at, Input.LineEnd.STOPPED));

        // Then: nothing stops the last words, nothing follows them
        assertThat(walk.all(Effect.ClearPlayback.class)).isEmpty();
        assertThat(walk.all(Effect.Play.class)).isEmpty();
        assertThat(walk.state().ended()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
    }

    @Test
    void silenceIsAskedAboutTwiceAndThenTheAssistantSaysGoodbyeAndHangsUp() {
        // Given
        var walk = Walk.greeted();

        // When
        for (var i = 1; i <= 3; i++) {
            walk.later(7_999).tick();
            walk.later(1).tick();
            var response = "resp_" + i;
            var item = "item_" + i;
            var number = i + 1;
            walk.says(response, item, 500);
            walk.on(at -> new Input.Heard(at, number, 500, true));
        }

        // Then
        assertThat(walk.all(Effect.Ask.class)).hasSize(3);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(new Effect.HangUp(EndReason.SILENCE_LIMIT, true));
        assertThat(walk.facts(CallFact.Turn.class).stream().map(CallFact.Turn::trigger))
                .containsExactly("silence", "silence", "limit");
    }

    @Test
    void aCallThatHasUsedItsTokensEndsWithAGoodbye_TH11() {
        // Given: 1,000 tokens, and an answer that used 999
        var limits = new Setup.Limits(600_000, 0, 0, 3, 6, 1_000);
        var walk = new Walk(Walk.with(limits));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), false, false));
        walk.on(at -> new Input.Attached(at, 1, 5));
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.on(at -> new Input.ResponseDone(
                at, "resp_1", Input.Status.COMPLETED, null, List.of(), "m", new Tokens(500, 400, 300, 0, 100, 99)));
        walk.tick();
        var before = walk.all(Effect.Ask.class).size();

        // When: one token more, of an answer that was cancelled
        walk.on(at -> new Input.ResponseDone(
                at, "resp_2", Input.Status.CANCELLED, null, List.of(), "m", new Tokens(1, 0, 0, 0, 0, 0)));
        walk.tick();
        walk.says("resp_3", "item_3", 500);

        // Then: a goodbye was asked for, then the call is ended
        assertThat(walk.all(Effect.Ask.class)).hasSize(before + 1);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(new Effect.HangUp(EndReason.BUDGET_LIMIT, true));
    }

    @Test
    void aCallThatIsTooLongEndsWithAGoodbyeAndForCertain() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.SpeechStarted(at, "u1", 0));

        // When: the model never says goodbye, the gateway never hangs up
        walk.later(600_000).tick();
        walk.later(30_000).tick();
        walk.later(30_000).tick();

        // Then
        assertThat(walk.all(Effect.HangUp.class))
                .containsExactly(
                        new Effect.HangUp(EndReason.DURATION_LIMIT, true),
                        new Effect.HangUp(EndReason.DURATION_LIMIT, false));
        assertThat(walk.state().ended()).isEqualTo(EndReason.DURATION_LIMIT);
    }

    @Test
    void aLostStreamIsWaitedForHalfAMinute() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.Detached(at, Input.LineEnd.LOST));

        // When
        walk.later(29_999).tick();
        var early = walk.state().ended();
        walk.later(1).tick();

        // Then
        assertThat(early).isNull();
        assertThat(walk.state().ended()).isEqualTo(EndReason.STREAM_LOST);
    }

    @Test
    void aStreamThatComesBackGoesOnWithoutASecondGreeting() {
        // Given
        var walk = Walk.greeted();
        walk.says("resp_1", "item_1", 3_000);
        walk.on(at -> new Input.Heard(at, 2, 700, false));
        walk.on(at -> new Input.Detached(at, Input.LineEnd.LOST));

        // When
        walk.later(2_000).on(at -> new Input.Attached(at, 2, 5));

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 700));
        assertThat(walk.all(Effect.Ask.class))
                .hasSize(1)
                .allMatch(ask -> ask.instructions().contains("Do not"));
        assertThat(walk.facts(CallFact.ConversationStarted.class)).isEmpty();
    }

    @Test
    void aCallThatIsMovedReachesItsTimeLimitAsIfItHadStayed_TH11() {
        // Given: 600 s, of which 590 were over when this bridge was told of it; the caller came 4 s later
        var walk = new Walk(movedAfter(590_000));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, false));
        walk.later(4_000).on(at -> new Input.Attached(at, 1, 6));

        // When
        walk.later(5_999).tick();
        var early = walk.all(Effect.Ask.class).size();
        walk.later(1).tick();
        walk.says("resp_1", "item_1", 500);

        // Then
        assertThat(early).isZero();
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(new Effect.HangUp(EndReason.DURATION_LIMIT, true));
    }

    @Test
    void aCallThatIsMovedHasNoMoreTokensThanOneThatStays_TH11() {
        // Given: 1,000 tokens, of which another bridge used 999
        var walk = new Walk(Walk.with(new Setup.Limits(600_000, 0, 0, 3, 6, 1_000)));
        walk.on(at -> new Input.UsedBefore(at, new JournalEntry.Used(2, 999)));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), false, false));
        walk.on(at -> new Input.Attached(at, 1, 6));
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.tick();
        var before = walk.all(Effect.Ask.class).size();

        // When
        var done = walk.on(at -> new Input.ResponseDone(
                at, "resp_1", Input.Status.COMPLETED, null, List.of(), "m", new Tokens(1, 0, 0, 0, 0, 0)));
        walk.tick();
        walk.says("resp_2", "item_2", 500);

        // Then: and whoever comes next knows of all
        assertThat(done).contains(new Effect.Remember(new JournalEntry.Used(2, 1_000)));
        assertThat(walk.all(Effect.Ask.class)).hasSize(before + 1);
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(new Effect.HangUp(EndReason.BUDGET_LIMIT, true));
    }

    @Test
    void aCallThatIsMovedHasNoMoreToolCallsThanOneThatStays_FO8() {
        // Given: 6 calls of tools, of which other bridges began 5
        var walk = Walk.greeted();
        walk.on(at -> new Input.UsedBefore(at, new JournalEntry.Used(5, 0)));
        walk.begins("resp_1", "item_1", 800);

        // When
        walk.done(
                "resp_1",
                Input.Status.COMPLETED,
                new Input.FunctionCall("call_1", "get_current_time", "{}"),
                new Input.FunctionCall("call_2", "get_current_time", "{}"));

        // Then
        assertThat(walk.all(Effect.RunTool.class))
                .containsExactly(new Effect.RunTool("call_1", "get_current_time", "{}"));
        assertThat(walk.all(Effect.Remember.class)).contains(new Effect.Remember(new JournalEntry.Used(6, 0)));
    }

    private static Setup movedAfter(long lastedMs) {
        var usual = Walk.takenOver();
        return new Setup(
                usual.bridgeId(),
                usual.care(),
                usual.voice(),
                usual.persona(),
                usual.greeting(),
                usual.language(),
                new Setup.Limits(600_000, 0, 0, 3, 6, 0),
                usual.patience(),
                true,
                usual.tools(),
                false,
                lastedMs);
    }
}
