package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.Input.PlayedItem;
import centralita.bridge.conversation.life.Input.Playout;
import centralita.bridge.conversation.life.JournalEntry.AssistantSaid;
import centralita.bridge.conversation.life.JournalEntry.AssistantSpeaks;
import centralita.contracts.transcript.TranscriptFact;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bridge takes over in the middle of an answer (F-P1): nothing of it is forgotten, and nothing said twice. */
class LeftAnswersTest {
    private static final String TEXT = "one two three four five six seven eight";
    private static final String REST = Lines.goOn(Walk.SETUP);
    private static final int NUMBER = 5;

    /** 8 s of an answer of which the journal knows that 2 s were heard. */
    private static AssistantSpeaks said(boolean complete) {
        return new AssistantSpeaks("item_1", TEXT, NUMBER, 3, 20_000, 0, 8_000, 2_000, complete);
    }

    private static Playout played(long heardMs, long leftMs, boolean complete) {
        return new Playout(NUMBER, List.of(new PlayedItem(NUMBER, heardMs, leftMs, complete)));
    }

    private static Setup resumed() {
        return new Setup(
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
    }

    /** The model is ready and knows the history; the caller comes. */
    private static Walk takenOver(AssistantSpeaks said, @Nullable Playout playout, boolean callerSpokeAfter) {
        var walk = new Walk(resumed());
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), true, false));
        walk.on(at -> new Input.AnswersLeft(at, List.of(said), playout, callerSpokeAfter, true));
        walk.on(at -> new Input.Attached(at, 1, 7));
        return walk;
    }

    static Stream<Arguments> settled() {
        return Stream.of(
                Arguments.of("the gateway is new, too", said(true), null, "one two", 2_000, true),
                Arguments.of(
                        "the gateway knows more",
                        said(true),
                        played(5_000, 0, false),
                        "one two three four five",
                        5_000,
                        true),
                Arguments.of("it was heard to its end", said(true), played(8_000, 0, true), TEXT, 8_000, false),
                Arguments.of(
                        "all that had come was heard, more than the journal knows of",
                        said(false),
                        played(9_500, 0, false),
                        TEXT,
                        8_000,
                        true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settled")
    void whatDoesNotPlayAnyMoreIsToldAsItWasHeardAndTheRestIsAskedFor(
            String name, AssistantSpeaks said, @Nullable Playout playout, String heard, long heardMs, boolean cut) {
        // When
        var walk = takenOver(said, playout, false);

        // Then
        assertThat(walk.all(Effect.TellAsAssistant.class))
                .containsExactly(new Effect.TellAsAssistant(cut ? heard + " …" : heard));
        assertThat(walk.all(Effect.Remember.class))
                .containsExactly(new Effect.Remember(new AssistantSaid("item_1", heard, heardMs, cut)));
        assertThat(walk.transcripts(TranscriptFact.Said.class))
                .containsExactly(new TranscriptFact.Said("ASSISTANT", "item_1", 3, heard, 20_000, heardMs, cut));
        assertThat(walk.all(Effect.Ask.class)).isEqualTo(cut ? List.of(new Effect.Ask("ask_1", REST)) : List.of());
    }

    @Test
    void ofWhatWasNotHeardAtAllNothingIsToldAndTheJournalForgetsIt() {
        // When
        var walk = takenOver(said(true), played(0, 0, false), false);

        // Then
        assertThat(walk.all(Effect.TellAsAssistant.class)).isEmpty();
        assertThat(walk.all(Effect.Remember.class))
                .containsExactly(new Effect.Remember(new AssistantSaid("item_1", "", 0, true)));
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
    }

    @Test
    void aWholeAnswerThatTheGatewayHasIsHeardToItsEndAndNobodyIsAskedForAnything() {
        // Given
        var walk = takenOver(said(true), played(3_000, 5_000, true), false);
        var before = List.copyOf(walk.all(Effect.class));

        // When
        walk.later(5_000).on(at -> new Input.Heard(at, NUMBER, 8_000, true));

        // Then
        assertThat(before)
                .noneMatch(effect -> effect instanceof Effect.TellAsAssistant || effect instanceof Effect.Ask);
        assertThat(walk.all(Effect.TellAsAssistant.class)).containsExactly(new Effect.TellAsAssistant(TEXT));
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
        assertThat(walk.state().plays("item_1")).isFalse();
    }

    @Test
    void ofAnAnswerThatWasNotAllMadeTheRestIsAskedForWhenTheCallerHasHeardWhatThereIs() {
        // Given
        var walk = takenOver(said(false), played(3_000, 5_000, false), false);

        // When
        walk.later(2_000).on(at -> new Input.Heard(at, NUMBER, 5_000, false));
        var early = walk.all(Effect.Ask.class);
        walk.later(3_000).on(at -> new Input.Heard(at, NUMBER, 8_000, true));
        walk.begins("resp_1", "item_2", 1_000);

        // Then: its own words are numbered after the others
        assertThat(early).isEmpty();
        assertThat(walk.all(Effect.TellAsAssistant.class)).containsExactly(new Effect.TellAsAssistant(TEXT + " …"));
        assertThat(walk.all(Effect.Ask.class)).containsExactly(new Effect.Ask("ask_1", REST));
        assertThat(walk.all(Effect.Play.class)).containsExactly(new Effect.Play("item_2", NUMBER + 1));
    }

    @Test
    void theCallerMayInterruptTheWordsOfAnotherBridge() {
        // Given
        var walk = takenOver(said(false), played(3_000, 5_000, false), false);

        // When
        walk.later(1_000).callerSpeaks("u1");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(NUMBER, 4_000)), 0));
        walk.callerStops("u1");

        // Then: his words are answered, and what was cut off is not gone on with
        assertThat(walk.all(Effect.ClearPlayback.class)).containsExactly(new Effect.ClearPlayback(1));
        assertThat(walk.all(Effect.TellAsAssistant.class))
                .containsExactly(new Effect.TellAsAssistant("one two three four …"));
        assertThat(walk.all(Effect.Truncate.class)).isEmpty();
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
    }

    @Test
    void whatACallerInterruptedAtAnAssistantThatResumesIsNotHeld() {
        // Given: its audio is not here
        var setup = resumed();
        var walk = new Walk(new Setup(
                setup.bridgeId(),
                setup.care(),
                setup.voice(),
                setup.persona(),
                setup.greeting(),
                setup.language(),
                setup.limits(),
                setup.patience(),
                true,
                setup.tools(),
                true,
                0));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), true, false));
        walk.on(at -> new Input.AnswersLeft(at, List.of(said(true)), played(3_000, 5_000, true), false, true));
        walk.on(at -> new Input.Attached(at, 1, 7));

        // When
        walk.callerSpeaks("u1");
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(NUMBER, 4_000)), 0));
        walk.callerStops("u1");

        // Then
        assertThat(walk.all(Effect.Hold.class)).isEmpty();
        assertThat(walk.all(Effect.TellAsAssistant.class)).hasSize(1);
        assertThat(walk.all(Effect.Ask.class)).containsExactly(new Effect.Ask("ask_1", null));
    }

    @Test
    void anAnswerAfterWhichTheCallerSpokeIsNotGoneOnWith() {
        // When
        var walk = takenOver(said(true), played(2_000, 0, false), true);

        // Then
        assertThat(walk.all(Effect.TellAsAssistant.class)).hasSize(1);
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
    }

    @Test
    void aSessionThatIsStillToBeToldTheHistoryIsNotToldOfItTwice() {
        // Given: warm
        var walk = Walk.warmed();
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), false, false));

        // When
        walk.on(at -> new Input.AnswersLeft(at, List.of(said(true)), null, false, false));
        walk.on(at -> new Input.HistoryTold(at, false));
        walk.on(at -> new Input.Attached(at, 1, 7));

        // Then: the history tells it
        assertThat(walk.all(Effect.Remember.class))
                .containsExactly(new Effect.Remember(new AssistantSaid("item_1", "one two", 2_000, true)));
        assertThat(walk.all(Effect.TellAsAssistant.class)).isEmpty();
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
    }

    @Test
    void aBridgeThatHasNothingToGoOnWithNumbersItsWordsAfterTheOthersAllTheSame() {
        // Given
        var walk = new Walk(resumed());
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), true, false));
        walk.on(at -> new Input.AnswersLeft(at, List.of(), new Playout(9, List.of()), false, true));
        walk.on(at -> new Input.Attached(at, 1, 7));

        // When
        walk.begins("resp_1", "item_2", 1_000);

        // Then
        assertThat(walk.all(Effect.Play.class)).containsExactly(new Effect.Play("item_2", 10));
    }
}
