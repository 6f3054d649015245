package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody waits in silence for an answer that is late (F-O3). */
class FirstAudioTest {
    private static final Input.FunctionCall TIME = new Input.FunctionCall("call_1", "get_current_time", "{}");

    static Stream<Arguments> waits() {
        return Stream.of(
                wait("the caller has stopped speaking", walk -> {
                    walk.callerSpeaks("u1");
                    walk.callerStops("u1");
                }),
                wait("a response was begun and has no audio", walk -> {
                    walk.callerSpeaks("u1");
                    walk.callerStops("u1");
                    walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
                }),
                wait("keys wait for their answer", walk -> walk.on(at -> new Input.Digit(at, '#'))),
                wait(
                        "the session is lost",
                        walk -> walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0))));
    }

    private static Arguments wait(String name, Consumer<Walk> begins) {
        return Arguments.of(name, begins);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waits")
    void heHearsASoundAfterTwoSecondsOnceAndIsTakenFromTheModelAfterEight(String name, Consumer<Walk> begins) {
        // Given
        var walk = Walk.greeted();
        begins.accept(walk);
        walk.forget();

        // When
        walk.later(1_999).tick();
        var early = walk.all(Effect.Fill.class);
        walk.later(1).tick();
        walk.later(5_999).tick();
        var filled = walk.all(Effect.Fill.class);
        var ended = walk.all(Effect.HangUp.class);
        walk.later(1).tick();

        // Then
        assertThat(early).isEmpty();
        assertThat(filled).containsExactly(new Effect.Fill());
        assertThat(ended).isEmpty();
        assertThat(walk.all(Effect.HangUp.class)).containsExactly(new Effect.HangUp(EndReason.MODEL_UNAVAILABLE, true));
    }

    @Test
    void aGreetingThatIsLateIsWaitedForAsWell() {
        // Given
        var walk = Walk.talking();

        // When
        var filled = walk.later(2_000).tick();
        walk.says("resp_g", "item_g", 1_000);
        walk.later(60_000);

        // Then
        assertThat(filled).containsExactly(new Effect.Fill());
        assertThat(walk.all(Effect.HangUp.class)).isEmpty();
    }

    @Test
    void everyWaitIsCountedAnew() {
        // Given
        var walk = Walk.greeted();
        for (var i = 0; i < 2; i++) {
            var turn = i;
            walk.callerSpeaks("u" + turn);
            walk.callerStops("u" + turn);
            walk.later(2_500).tick();
            walk.says("resp_" + turn, "item_" + turn, 400);
            walk.on(at -> new Input.Heard(at, 2 + turn, 400, true));
        }

        // Then
        assertThat(walk.all(Effect.Fill.class)).hasSize(2);
    }

    @Test
    void whoSpeaksOrListensDoesNotWait() {
        // Given
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 7_000);

        // When
        walk.later(4_000).tick();
        walk.callerSpeaks("u1");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 4_000)), 0));
        walk.later(9_000).tick();

        // Then
        assertThat(walk.all(Effect.Fill.class)).isEmpty();
        assertThat(walk.all(Effect.HangUp.class)).isEmpty();
    }

    @Test
    void aFunctionThatTakesLongIsFilledButNotTheModelsFault() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, TIME);

        // When
        walk.later(2_000).tick();
        walk.later(7_000).tick();

        // Then
        assertThat(walk.all(Effect.Fill.class)).hasSize(1);
        assertThat(walk.all(Effect.HangUp.class)).isEmpty();
    }

    /** The caller has said something, its words are written down, and the model keeps silent for so long. */
    private static Walk unanswered(long ms) {
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.CallerTranscribed(at, "u1", "When are you open?"));
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.forget();
        walk.later(ms).tick();
        return walk;
    }

    @Test
    void itIsFoundOutOnceWhetherAnotherProviderMayAnswerWhenOneGivesNoAudio() {
        // Given
        var walk = unanswered(4_499);
        var early = walk.all(Effect.LookElsewhere.class);

        // When
        walk.later(1).tick();
        walk.later(200).tick();

        // Then
        assertThat(early).isEmpty();
        assertThat(walk.all(Effect.LookElsewhere.class)).containsExactly(new Effect.LookElsewhere(List.of("openai")));
        assertThat(walk.all(Effect.Reconnect.class)).isEmpty();
    }

    @Test
    void theNextProviderIsAskedForWhatTheFirstOneOwesAndTheCallersWaitingGoesOn() {
        // Given
        var walk = unanswered(4_500);
        walk.forget();

        // When
        var left = walk.on(Input.AnotherMayAnswer::new);
        walk.later(300);
        var asked =
                walk.on(at -> new Input.ModelReady(at, new ModelSession("sess_2", "azure", "m", true, 0), true, true));

        // Then
        assertThat(left).containsSubsequence(new Effect.Abandon(), new Effect.Reconnect(0, 0, "", List.of("openai")));
        assertThat(asked).hasAtLeastOneElementOfType(Effect.Ask.class);
        assertThat(walk.facts(CallFact.ModelSwitched.class))
                .containsExactly(new CallFact.ModelSwitched("failover", "openai", "azure", "m", 300));

        // When: the second one keeps silent as well
        walk.later(3_199).tick();
        var before = walk.all(Effect.HangUp.class);
        walk.later(1).tick();

        // Then
        assertThat(before).isEmpty();
        assertThat(walk.all(Effect.HangUp.class)).hasSize(1);
        assertThat(walk.all(Effect.LookElsewhere.class)).isEmpty();
    }

    @Test
    void anAnswerThatHasBegunMeanwhileIsHeard() {
        // Given
        var walk = unanswered(4_500);
        walk.on(at -> new Input.ItemAdded(at, "resp_1", "item_1"));
        walk.on(at -> new Input.AudioStarted(at, "resp_1", "item_1"));
        walk.on(at -> new Input.ItemGrew(at, "item_1", 500, "one"));
        walk.forget();

        // When
        walk.on(Input.AnotherMayAnswer::new);

        // Then
        assertThat(walk.all(Effect.Reconnect.class)).isEmpty();
        assertThat(walk.all(Effect.Abandon.class)).isEmpty();
    }

    @Test
    void aSessionHasItsOwnTimeToAnswerAfterAReconnectAndAfterAFunction() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        walk.later(1_000);
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, true));
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, TIME);
        walk.later(2_000);
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{}", 2_000));

        // When
        walk.later(4_499).tick();
        var early = walk.all(Effect.LookElsewhere.class);
        walk.later(1).tick();

        // Then
        assertThat(early).isEmpty();
        assertThat(walk.all(Effect.LookElsewhere.class)).hasSize(1);
    }
}
