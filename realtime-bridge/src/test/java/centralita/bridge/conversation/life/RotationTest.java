package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.ModelLink.Term;
import centralita.contracts.call.CallFact;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model session is replaced before its limit, and nobody hears it (F-O4). */
class RotationTest {
    private static final Input.FunctionCall TIME = new Input.FunctionCall("call_1", "get_current_time", "{}");

    @ParameterizedTest(name = "life {0} s, margin {1} s, longest {2} s: warm from {3} s, left at {4} s")
    @CsvSource({
        "3600, 300, 0,    3300, 3590",
        "3600, 300, 3000, 2700, 2990",
        "0,    300, 0,    -1,   -1",
        "0,    300, 3600, 3300, 3590",
        // A session that lives shortly is not replaced all the time.
        "60,   300, 3600, 30,   52.5",
        "60,   20,  3600, 40,   55",
    })
    void aSessionsTermFollowsFromItsLifeAndOurMargin(
            long lifeS, long marginS, long longestS, double warmS, double endS) {
        // Given
        var care = new Setup.ModelCare(3, 5_000, marginS * 1_000, longestS * 1_000, 2_000, 4_500, 8_000);

        // When
        var term = Term.of(new ModelSession("s", "openai", "m", true, lifeS * 1_000), care, 0);

        // Then
        var expected = warmS < 0 ? Term.NEVER : new Term((long) (warmS * 1_000), (long) (endS * 1_000));
        assertThat(term).isEqualTo(expected);
    }

    /** Greeted, in a session of two minutes that is to be replaced from the first minute on. */
    private static Walk greetedForTwoMinutes() {
        return greeted(new ModelSession("sess_1", "openai", "m", true, 120_000));
    }

    private static Walk greeted(ModelSession session) {
        var limits = new Setup.Limits(600_000, 0, 0, 3, 6, 0);
        var walk = new Walk(Walk.with(limits));
        walk.on(at -> new Input.ModelReady(at, session, false, false));
        walk.on(at -> new Input.Attached(at, 1, 5));
        walk.says("resp_g", "item_g", 1_000);
        walk.on(at -> new Input.Heard(at, 1, 1_000, true));
        walk.forget();
        return walk;
    }

    private static Walk withSuccessor() {
        var walk = greetedForTwoMinutes();
        walk.later(60_000).tick();
        return walk;
    }

    private static List<Effect> takesOver(Walk walk) {
        return walk.on(
                at -> new Input.ModelReady(at, new ModelSession("sess_2", "openai", "m", true, 120_000), true, false));
    }

    @Test
    void anotherSessionIsOpenedAtTheMarginAndNotBefore() {
        // Given
        var walk = greetedForTwoMinutes();
        walk.callerSpeaks("u1");

        // When
        var before = walk.later(59_999).tick();
        var at = walk.later(1).tick();
        var after = walk.later(1).tick();

        // Then
        assertThat(before).isEmpty();
        assertThat(at).containsExactly(new Effect.OpenSuccessor(1, 0, "openai"));
        assertThat(after).isEmpty();
    }

    @Test
    void theAudioSwitchesWhenTheAssistantWasHeardAndNobodySpeaksAndNothingIsSaidTwice() {
        // Given
        var walk = withSuccessor();
        walk.begins("resp_1", "item_1", 4_000);

        // When
        var whileGenerating = walk.on(Input.SuccessorReady::new);
        walk.ends("resp_1", "item_1");
        var whilePlaying = walk.all(Effect.ChangeSession.class);
        var atBoundary = walk.on(at -> new Input.Heard(at, 2, 4_000, true));
        walk.forget();
        walk.later(12);
        takesOver(walk);

        // Then
        assertThat(whileGenerating).isEmpty();
        assertThat(whilePlaying).isEmpty();
        assertThat(atBoundary).last().isEqualTo(new Effect.ChangeSession());
        assertThat(walk.facts(CallFact.ModelSwitched.class))
                .containsExactly(new CallFact.ModelSwitched("rotation", "openai", "openai", "m", 12));
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
        assertThat(walk.all(Effect.ClearPlayback.class)).isEmpty();
    }

    @Test
    void itDoesNotSwitchWhileTheCallerSpeaksAToolRunsOrHisWordsAreNotKnown() {
        // Given
        var walk = withSuccessor();
        walk.callerSpeaks("u1");

        // When
        walk.on(Input.SuccessorReady::new);
        walk.callerStops("u1");
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, TIME);
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{}", 1));
        walk.says("resp_2", "item_2", 500);
        walk.on(at -> new Input.Heard(at, 2, 500, true));
        var before = walk.all(Effect.ChangeSession.class);
        walk.on(at -> new Input.CallerTranscribed(at, "u1", "What time is it?"));

        // Then
        assertThat(before).isEmpty();
        assertThat(walk.all(Effect.ChangeSession.class)).hasSize(1);
    }

    @Test
    void wordsThatNobodyWritesDownDoNotHoldItUpAndAreToldAsTheySounded() {
        // Given
        var unwritten = new ModelSession("sess_1", "azure", "m", false, 120_000);
        var walk = greeted(unwritten);
        walk.later(60_000).tick();
        walk.callerSpeaks("u1");
        walk.later(800).callerStops("u1");
        walk.on(Input.SuccessorReady::new);
        walk.says("resp_1", "item_1", 500);

        // When
        var heard = walk.on(at -> new Input.Heard(at, 2, 500, true));

        // Then
        assertThat(heard).contains(new Effect.Recall("u1", 60_000, 60_800), new Effect.ChangeSession());
    }

    @Test
    void wordsThatNobodyTranscribesDoNotHoldItUpForEver() {
        // Given
        var walk = withSuccessor();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(Input.SuccessorReady::new);
        walk.says("resp_1", "item_1", 500);
        walk.on(at -> new Input.Heard(at, 2, 500, true));

        // When
        var early = walk.later(1_999).tick();
        var due = walk.later(1).tick();

        // Then: the next one hears them
        assertThat(early).isEmpty();
        assertThat(due).containsExactly(new Effect.Recall("u1", 60_000, 60_000), new Effect.ChangeSession());
    }

    @Test
    void withoutABoundaryItSwitchesBeforeTheLimitAndTheAnswerIsGoneOnWith() {
        // Given
        var walk = withSuccessor();
        walk.on(Input.SuccessorReady::new);
        // It was a boundary: the first change has happened, the next session has its own two minutes.
        takesOver(walk);
        walk.begins("resp_1", "item_1", 4_000);
        walk.later(60_000).tick();
        walk.on(Input.SuccessorReady::new);
        walk.forget();

        // When
        var early = walk.later(49_999).tick();
        var due = walk.later(1).tick();
        walk.later(5);
        takesOver(walk);
        var beforeCleared = walk.all(Effect.Ask.class);
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 1_500)), 0));

        // Then
        assertThat(early).isEmpty();
        assertThat(due)
                .containsExactly(
                        new Effect.ClearPlayback(1), new Effect.Silence(List.of("item_1")), new Effect.ChangeSession());
        assertThat(beforeCleared).isEmpty();
        assertThat(walk.all(Effect.TellAsAssistant.class))
                .containsExactly(new Effect.TellAsAssistant("one two three …"));
        assertThat(walk.all(Effect.Ask.class)).containsExactly(new Effect.Ask("ask_2", null));
        assertThat(walk.all(Effect.Truncate.class)).isEmpty();
    }

    @Test
    void aSessionThatIsLostWhileAnotherIsWarmIsReplacedAtOnce() {
        // Given
        var walk = withSuccessor();
        walk.begins("resp_1", "item_1", 400);
        walk.on(Input.SuccessorReady::new);
        walk.forget();

        // When
        var lost = walk.on(at -> new Input.ModelClosed(at, true, "close-1001", "openai", 0));
        takesOver(walk);

        // Then
        assertThat(lost).contains(new Effect.ChangeSession());
        assertThat(walk.all(Effect.Reconnect.class)).isEmpty();
        assertThat(walk.facts(CallFact.ModelSwitched.class))
                .containsExactly(new CallFact.ModelSwitched("reconnect", "openai", "openai", "m", 0));
    }

    @Test
    void aSessionThatHasJustTakenOverAndDiesBeforeItServesIsReplacedByAnotherOneAndNotByItself() {
        // Given
        var walk = withSuccessor();
        walk.on(Input.SuccessorReady::new);

        // When
        var died = walk.on(at -> new Input.ModelClosed(at, true, "successor-gone", "openai", 0));

        // Then
        assertThat(walk.all(Effect.ChangeSession.class)).hasSize(1);
        assertThat(died).containsExactly(new Effect.Reconnect(1, 0, "openai", List.of()));
    }

    @Test
    void aSessionThatIsLostWhileAnotherIsBeingOpenedWaitsForThatOne() {
        // Given
        var walk = withSuccessor();

        // When
        var lost = walk.on(at -> new Input.ModelClosed(at, true, "close-1001", "openai", 0));
        walk.later(200);
        var ready = walk.on(Input.SuccessorReady::new);

        // Then
        assertThat(lost).isEmpty();
        assertThat(ready).containsExactly(new Effect.ChangeSession());
    }

    @Test
    void aSessionThatIsLostWhileTheOtherIsTriedAgainLaterIsReconnectedAtOnce() {
        // Given
        var walk = withSuccessor();
        walk.on(at -> new Input.SuccessorLost(at, true, "openai", 20_000));

        // When
        var lost = walk.on(at -> new Input.ModelClosed(at, true, "close-1001", "openai", 0));
        var late = walk.on(Input.SuccessorReady::new);

        // Then
        assertThat(lost).containsExactly(new Effect.Reconnect(1, 0, "openai", List.of()));
        assertThat(late).isEmpty();
    }

    @Test
    void aSessionThatIsLostWhileTheOtherCannotBeHadIsReconnected() {
        // Given
        var walk = withSuccessor();
        walk.on(at -> new Input.ModelClosed(at, true, "close-1001", "openai", 0));

        // When
        var lost = walk.on(at -> new Input.SuccessorLost(at, true, "openai", 0));

        // Then
        assertThat(lost).containsExactly(new Effect.Reconnect(1, 0, "openai", List.of()));
    }

    @Test
    void aSecondSessionThatCannotBeHadIsTriedAgainEachTimeLater() {
        // Given
        var walk = withSuccessor();

        // When
        var first = walk.on(at -> new Input.SuccessorLost(at, true, "openai", 0));
        var second = walk.on(at -> new Input.SuccessorLost(at, false, "openai", 3_000));
        walk.callerSpeaks("u1");
        walk.on(Input.SuccessorReady::new);
        var third = walk.on(at -> new Input.SuccessorLost(at, true, "openai", 0));

        // Then
        assertThat(first).containsExactly(new Effect.OpenSuccessor(2, 0, "openai"));
        assertThat(second).containsExactly(new Effect.OpenSuccessor(3, 3_000, "openai"));
        assertThat(third).containsExactly(new Effect.OpenSuccessor(4, 0, "openai"));
        assertThat(walk.all(Effect.HangUp.class)).isEmpty();
    }

    @Test
    void aToolThatRunsOverTheChangeIsAnsweredOnceAndTheNewSessionIsToldOfTheCall() {
        // Given
        var walk = withSuccessor();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, TIME);
        walk.on(Input.SuccessorReady::new);
        walk.later(60_000).tick();
        takesOver(walk);

        // When
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{\"a\":1}", 1));
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{\"a\":1}", 1));

        // Then
        assertThat(walk.all(Effect.AnswerTool.class))
                .containsExactly(new Effect.AnswerTool("call_1", "{\"a\":1}", TIME));
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
    }
}
