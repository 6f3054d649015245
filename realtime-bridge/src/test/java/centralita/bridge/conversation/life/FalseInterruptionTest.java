package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import centralita.contracts.call.CallFact;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FalseInterruptionTest {
    static final Setup SETUP = new Setup(
            "b1",
            Setup.ModelCare.USUAL,
            "marin",
            "Be brief.",
            null,
            "en-US",
            Walk.LIMITS,
            Setup.Patience.USUAL,
            false,
            Walk.TOOLS,
            true,
            0);

    /** The assistant has made three seconds; a second of them was heard when the caller makes a sound. */
    private static Walk interrupted(boolean generated) {
        return interrupted(generated, Walk.session("sess_1", "m"));
    }

    private static Walk interrupted(boolean generated, ModelSession session) {
        var walk = new Walk(SETUP);
        walk.on(at -> new Input.ModelReady(at, session, false, false));
        walk.on(at -> new Input.Attached(at, 1, 5));
        walk.begins("resp_1", "item_1", 3_000);
        if (generated) {
            walk.ends("resp_1", "item_1");
        }
        walk.forget();
        walk.later(1_000).callerSpeaks("caller_1");
        return walk;
    }

    private static void cleared(Walk walk, long heardMs) {
        walk.later(30).on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(1, heardMs)), 2));
    }

    private static List<Effect> transcribed(Walk walk, String text) {
        return walk.on(at -> new Input.CallerTranscribed(at, "caller_1", text));
    }

    @Test
    void playbackStopsAtTheFirstSoundAndTheModelIsToldNothing() {
        // When
        var walk = interrupted(false);
        cleared(walk, 1_000);

        // Then
        assertThat(walk.all(Effect.ClearPlayback.class)).containsExactly(new Effect.ClearPlayback(1));
        assertThat(walk.all(Effect.Hold.class)).containsExactly(new Effect.Hold(List.of("item_1")));
        assertThat(walk.all(Effect.Truncate.class)).isEmpty();
        assertThat(walk.all(Effect.Cancel.class)).isEmpty();
        assertThat(walk.facts(CallFact.BargeIn.class)).isEmpty();
    }

    @Test
    void whereNobodyWritesDownWhatItWasEverySoundIsMeant() {
        // When
        var walk = interrupted(false, Walk.unwritten("sess_1"));
        cleared(walk, 1_000);
        walk.callerStops("caller_1");

        // Then: answered without a wait for words that never come
        assertThat(walk.all(Effect.Hold.class)).isEmpty();
        assertThat(walk.all(Effect.Cancel.class)).containsExactly(new Effect.Cancel("resp_1"));
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 1_000));
        assertThat(walk.facts(CallFact.BargeIn.class)).hasSize(1);
        walk.done("resp_1", Input.Status.CANCELLED);
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Mm-hm.", "[cough]"})
    void theAssistantGoesOnWhereItWasHeard(String text) {
        // Given
        var walk = interrupted(true);
        cleared(walk, 1_000);
        walk.later(900).callerStops("caller_1");

        // When
        walk.later(400);
        transcribed(walk, text);

        // Then
        assertThat(walk.all(Effect.Resume.class)).containsExactly(new Effect.Resume("item_1", 2, 1_000));
        assertThat(walk.all(Effect.EndItem.class)).contains(new Effect.EndItem(2));
        assertThat(walk.all(Effect.Truncate.class)).isEmpty();
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
        assertThat(walk.facts(CallFact.BargeIn.class)).isEmpty();

        // When: the rest is heard
        walk.on(at -> new Input.Heard(at, 2, 2_000, true));

        // Then: it was heard as a whole
        assertThat(walk.facts(CallFact.Turn.class))
                .extracting(CallFact.Turn::heardMs, CallFact.Turn::interrupted)
                .containsExactly(tuple(3_000L, false));
    }

    @Test
    void whatTheModelMakesMeanwhileIsHeldAndFollows() {
        // Given
        var walk = interrupted(false);
        cleared(walk, 1_000);
        walk.on(at -> new Input.ItemGrew(at, "item_1", 4_000, "more"));
        walk.on(at -> new Input.AudioEnded(at, "item_1"));
        walk.on(at -> new Input.ItemAdded(at, "resp_1", "item_2"));
        walk.on(at -> new Input.AudioStarted(at, "resp_1", "item_2"));
        walk.on(at -> new Input.ItemGrew(at, "item_2", 500, "and more"));
        walk.later(900).callerStops("caller_1");

        // When
        transcribed(walk, "uh-huh");

        // Then
        assertThat(walk.all(Effect.Hold.class))
                .containsExactly(new Effect.Hold(List.of("item_1")), new Effect.Hold(List.of("item_2")));
        assertThat(walk.all(Effect.Resume.class))
                .containsExactly(new Effect.Resume("item_1", 3, 1_000), new Effect.Resume("item_2", 4, 0));
        assertThat(walk.all(Effect.EndItem.class)).containsExactly(new Effect.EndItem(3));
    }

    @Test
    void aTranscriptThatIsQuickerThanTheGatewayWaitsForIt() {
        // Given
        var walk = interrupted(true);
        walk.later(20).callerStops("caller_1");
        transcribed(walk, "");
        var early = walk.all(Effect.Resume.class);

        // When
        cleared(walk, 950);

        // Then
        assertThat(early).isEmpty();
        assertThat(walk.all(Effect.Resume.class)).containsExactly(new Effect.Resume("item_1", 2, 950));
    }

    static Stream<Arguments> meant() {
        return Stream.of(
                Arguments.of("short words", (Consumer<Walk>) walk -> {
                    walk.later(900).callerStops("caller_1");
                    transcribed(walk, "Stop.");
                }),
                Arguments.of("long speech", (Consumer<Walk>) walk -> {
                    for (var i = 0; i < 20; i++) {
                        walk.later(100).tick();
                    }
                    walk.callerStops("caller_1");
                }),
                Arguments.of("no transcript", (Consumer<Walk>) walk -> {
                    walk.later(900).callerStops("caller_1");
                    walk.later(FalseInterruption.TRANSCRIPT_MS).tick();
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("meant")
    void whoMeansItIsAnsweredAndTheModelForgetsWhatWasNotHeard(String how, Consumer<Walk> speech) {
        // Given
        var walk = interrupted(false);
        cleared(walk, 1_000);

        // When
        speech.accept(walk);
        walk.done("resp_1", Input.Status.CANCELLED);
        walk.tick();

        // Then
        assertThat(walk.all(Effect.Cancel.class)).containsExactly(new Effect.Cancel("resp_1"));
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 1_000));
        assertThat(walk.all(Effect.Silence.class)).contains(new Effect.Silence(List.of("item_1")));
        assertThat(walk.all(Effect.Resume.class)).isEmpty();
        assertThat(walk.facts(CallFact.BargeIn.class)).containsExactly(new CallFact.BargeIn("item_1", 1_000, 3_000, 2));
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
    }

    @Test
    void aSecondSoundIsMeant() {
        // Given
        var walk = interrupted(true);
        cleared(walk, 1_000);
        walk.later(600).callerStops("caller_1");

        // When
        walk.later(100).callerSpeaks("caller_2");

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 1_000));

        // When: the first one's transcript comes late
        transcribed(walk, "mm");

        // Then
        assertThat(walk.all(Effect.Resume.class)).isEmpty();
    }

    static Stream<Arguments> moments() {
        return Stream.of(
                Arguments.of(
                        "in doubt", (Consumer<Walk>) walk -> walk.later(900).callerStops("caller_1")),
                Arguments.of("between the end of his speech and its commit", (Consumer<Walk>) walk -> {
                    walk.later(FalseInterruption.SHORT_MS + 1).tick();
                    walk.on(at -> new Input.SpeechStopped(at, "caller_1", at));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void hisWordsAreAnsweredThoughTheSessionThatHeardThemIsLost(String moment, Consumer<Walk> speech) {
        // Given
        var walk = interrupted(true);
        cleared(walk, 1_000);
        speech.accept(walk);

        // When
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, true));
        var unasked = walk.all(Effect.Ask.class);
        walk.callerSpeaks("caller_2");
        walk.callerStops("caller_2");

        // Then: the next one hears them
        assertThat(walk.all(Effect.HearAgain.class)).hasSize(1);
        assertThat(unasked).isEmpty();
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
        assertThat(walk.all(Effect.Resume.class)).isEmpty();
    }

    @Test
    void aLostLineEndsTheDoubt() {
        // Given
        var walk = interrupted(true);
        cleared(walk, 1_000);

        // When
        walk.on(at -> new Input.Detached(at, Input.LineEnd.LOST));

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 1_000));
        assertThat(walk.state().plays("item_1")).isFalse();
    }

    @Test
    void everySpeechIsAnsweredBecauseTheModelDoesNotDoItByItself() {
        // Given
        var walk = new Walk(SETUP);
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), false, false));
        walk.on(at -> new Input.Attached(at, 1, 5));

        // When
        walk.callerSpeaks("caller_1");
        walk.later(800).callerStops("caller_1");

        // Then
        assertThat(walk.all(Effect.Ask.class)).containsExactly(new Effect.Ask("ask_1", null));
    }

    @Test
    void anAnswerThatIsNotHeardYetIsCancelledByNewSpeech() {
        // Given
        var walk = new Walk(SETUP);
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), false, false));
        walk.on(at -> new Input.Attached(at, 1, 5));
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));

        // When
        walk.callerSpeaks("caller_1");

        // Then
        assertThat(walk.all(Effect.Cancel.class)).containsExactly(new Effect.Cancel("resp_1"));
    }
}
