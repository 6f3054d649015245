package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model session is lost with what the caller has just said (F-O1): it is answered all the same, and once. */
class HeardAgainTest {
    private static final Input.FunctionCall TIME = new Input.FunctionCall("call_1", "get_current_time", "{}");

    private static Arguments moment(String name, List<Effect.HearAgain> again, int asked, Consumer<Walk> before) {
        return Arguments.of(name, again, asked, before);
    }

    private static List<Effect.HearAgain> from(long ms) {
        return List.of(new Effect.HearAgain(ms));
    }

    /** He speaks from 1,000 to 2,000 ms on the session's time line. */
    static Stream<Arguments> moments() {
        return Stream.of(
                moment("he says nothing", List.of(), 0, _ -> {}),
                moment("he speaks", from(1_000), 0, walk -> walk.later(1_000).callerSpeaks("u1")),
                moment("his words are to be written down", from(1_000), 0, HeardAgainTest::speaks),
                moment("his words are written down", List.of(), 1, walk -> {
                    speaks(walk);
                    walk.on(at -> new Input.CallerTranscribed(at, "u1", "What time is it?"));
                }),
                moment("the answer has begun and cannot be heard yet", from(1_000), 0, walk -> {
                    speaks(walk);
                    walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
                }),
                moment("the answer is heard", List.of(), 1, walk -> {
                    speaks(walk);
                    walk.begins("resp_1", "item_1", 4_000);
                }),
                moment("a function was called because of it", List.of(), 0, walk -> {
                    speaks(walk);
                    walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
                    walk.done("resp_1", Input.Status.COMPLETED, TIME);
                }),
                moment("he speaks while his words before are to be written down", from(1_000), 0, walk -> {
                    speaks(walk);
                    walk.later(100).callerSpeaks("u2");
                }),
                moment("he interrupts", from(2_500), 0, walk -> {
                    speaks(walk);
                    walk.begins("resp_1", "item_1", 4_000);
                    walk.later(500).callerSpeaks("u2");
                    walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 500)), 0));
                }));
    }

    private static void speaks(Walk walk) {
        walk.later(1_000).callerSpeaks("u1");
        walk.later(1_000).callerStops("u1");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void theNextSessionHearsWhatNobodyHasWrittenDownAndIsAskedForTheRest(
            String name, List<Effect.HearAgain> again, int asked, Consumer<Walk> before) {
        // Given
        var walk = Walk.greeted();
        before.accept(walk);
        var askedBefore = walk.all(Effect.Ask.class).size();

        // When
        var lost = walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 500)), 0));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, true));

        // Then
        assertThat(walk.all(Effect.HearAgain.class)).isEqualTo(again);
        assertThat(lost).endsWith(new Effect.Reconnect(1, 0, "openai", List.of()));
        assertThat(walk.all(Effect.Ask.class)).hasSize(askedBefore + asked);
    }

    @Test
    void aSecondLossBeforeTheNextSessionHasNoticedHimLosesNothing() {
        // Given
        var walk = Walk.greeted();
        speaks(walk);
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        walk.on(at -> new Input.ModelClosed(at, true, "handshake-503", "openai", 0));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, true));

        // When
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_3", "m"), true, true));
        walk.callerSpeaks("u2");
        walk.callerStops("u2");
        walk.on(at -> new Input.CallerTranscribed(at, "u2", "What time is it?"));
        walk.says("resp_1", "item_1", 400);

        // Then: all that the second one was given, and nothing that was answered
        assertThat(walk.all(Effect.HearAgain.class))
                .containsExactly(new Effect.HearAgain(1_000), new Effect.HearAgain(0));
        assertThat(walk.state().neededFromMs(2_000)).isEqualTo(-1);
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
    }
}
