package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-P6: a call is let go at a turn boundary, or in mid-turn as it was heard, and never before its journal is complete. */
class HandOverTest {
    private static final long WITHIN_MS = 3_000;
    private static final Input.FunctionCall TIME = new Input.FunctionCall("call_1", "get_current_time", "{}");

    @Test
    void atATurnBoundaryTheJournalIsCompletedFirstAndTheCallLetGoThen() {
        // Given
        var walk = Walk.greeted();

        // When
        var wanted = wanted(walk);
        var kept = walk.on(at -> new Input.JournalComplete(at, 1, true));

        // Then
        assertThat(wanted)
                .containsExactly(new Effect.Remember(new JournalEntry.LetGo(false)), new Effect.CompleteJournal(1));
        assertThat(kept)
                .containsExactly(
                        new Effect.Release(500),
                        new Effect.Publish(new CallFact.ConversationEnded(EndReason.GIVEN_AWAY, 1, 0, 0, 0, 5, null)),
                        new Effect.LetGo(EndReason.GIVEN_AWAY));
    }

    @Test
    void aJournalThatCannotBeWrittenKeepsTheCallHere() {
        // Given
        var walk = Walk.greeted();
        wanted(walk);

        // When
        var away = walk.on(at -> new Input.JournalComplete(at, 1, false));
        var soon = walk.later(999).tick();
        var later = walk.later(1).tick();

        // Then
        assertThat(away).isEmpty();
        assertThat(soon).isEmpty();
        assertThat(later).contains(new Effect.CompleteJournal(2));
        assertThat(walk.state().ended()).isNull();
    }

    @Test
    void whoSpeaksWhileTheJournalIsCompletedIsAnsweredHere() {
        // Given
        var walk = Walk.greeted();
        wanted(walk);

        // When
        walk.callerSpeaks("u1");
        var kept = walk.on(at -> new Input.JournalComplete(at, 1, true));

        // Then
        assertThat(kept).isEmpty();
        assertThat(walk.state().ended()).isNull();
    }

    @Test
    void aTurnIsWaitedForUntilItWasHeard() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.CallerTranscribed(at, "u1", "When do you open?"));
        wanted(walk);
        walk.says("resp_1", "item_1", 1_000);
        var whileItPlays = walk.all(Effect.CompleteJournal.class);

        // When
        var heard = walk.on(at -> new Input.Heard(at, 2, 1_000, true));

        // Then
        assertThat(whileItPlays).isEmpty();
        assertThat(heard).contains(new Effect.CompleteJournal(1));
    }

    @Test
    void wordsThatAreNotWrittenDownYetAreWaitedFor() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.says("resp_1", "item_1", 1_000);
        walk.on(at -> new Input.Heard(at, 2, 1_000, true));

        // When
        var wanted = wanted(walk);
        var written = walk.on(at -> new Input.CallerTranscribed(at, "u1", "Thank you"));

        // Then
        assertThat(wanted).isEmpty();
        assertThat(written).contains(new Effect.CompleteJournal(1));
    }

    @Test
    void wordsThatAreNeverWrittenDownHoldACallForTwoSecondsOnly() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.says("resp_1", "item_1", 1_000);
        walk.on(at -> new Input.Heard(at, 2, 1_000, true));
        walk.forget();
        walk.on(at -> new Input.HandOverRequested(at, 60_000));

        // When
        var soon = walk.later(1_999).tick();
        var later = walk.later(1).tick();
        var kept = walk.on(at -> new Input.JournalComplete(at, 1, true));

        // Then
        assertThat(soon).isEmpty();
        assertThat(later).contains(new Effect.CompleteJournal(1));
        assertThat(kept).contains(new Effect.Release(500), new Effect.LetGo(EndReason.GIVEN_AWAY));
    }

    @Test
    void wordsThatASessionTookWithItHoldNoHandOver() {
        // Given: they were answered, and the session is gone before their text came
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.says("resp_1", "item_1", 1_000);
        walk.on(at -> new Input.Heard(at, 2, 1_000, true));
        walk.on(at -> new Input.ModelClosed(at, true, "gone", "openai", 0));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "gpt-realtime-2.1"), true, false));

        // When
        var wanted = wanted(walk);

        // Then
        assertThat(wanted).contains(new Effect.CompleteJournal(1));
    }

    @Test
    void inMidTurnTheAssistantIsStoppedAndTheNextBridgeGoesOnFromWhatWasHeard() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.CallerTranscribed(at, "u1", "Tell me all"));
        walk.begins("resp_1", "item_1", 8_000);
        wanted(walk);

        // When
        var stopped = walk.later(WITHIN_MS).tick();
        var cleared = walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 3_000)), 0));
        var kept = walk.on(at -> new Input.JournalComplete(at, 1, true));

        // Then
        assertThat(stopped).containsExactly(new Effect.ClearPlayback(1), new Effect.Silence(List.of("item_1")));
        assertThat(walk.all(Effect.Remember.class).stream().map(Effect.Remember::entry))
                .endsWith(
                        new JournalEntry.AssistantSaid("item_1", "one two three", 3_000, true),
                        new JournalEntry.LetGo(true));
        assertThat(cleared).contains(new Effect.CompleteJournal(1));
        assertThat(kept).contains(new Effect.Release(500), new Effect.LetGo(EndReason.GIVEN_AWAY));
        assertThat(walk.facts(CallFact.BargeIn.class)).isEmpty();
    }

    @Test
    void inMidTurnTheAssistantGoesOnHereWhileTheJournalCannotBeWritten() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.CallerTranscribed(at, "u1", "Tell me all"));
        walk.begins("resp_1", "item_1", 8_000);
        wanted(walk);
        walk.later(WITHIN_MS).tick();
        walk.done("resp_1", Input.Status.CANCELLED);
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 3_000)), 0));

        // When
        var away = walk.on(at -> new Input.JournalComplete(at, 1, false));
        walk.begins("resp_2", "item_2", 8_000);
        var soon = walk.later(9_999).tick();
        var later = walk.later(1).tick();

        // Then
        assertThat(away).containsExactly(new Effect.Ask("ask_2", null));
        assertThat(walk.all(Effect.Play.class)).endsWith(new Effect.Play("item_2", 3));
        assertThat(soon).isEmpty();
        assertThat(later).contains(new Effect.ClearPlayback(2));
    }

    @Test
    void aWishThatWaitedForAHandOverIsCarriedOutHereWhenItFails() {
        // Given: the tool's result came when nothing new was said any more
        var walk = Walk.greeted();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, TIME);
        wanted(walk);
        walk.later(WITHIN_MS).tick();
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{}", 8_000));

        // When
        var away = walk.on(at -> new Input.JournalComplete(at, 1, false));

        // Then: one answer, not two
        assertThat(away).containsExactly(new Effect.Ask("ask_2", null));
    }

    @Test
    void whoSpeaksInMidTurnIsHeardFromHisFirstWordByTheNextBridge() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        wanted(walk);

        // When
        walk.later(WITHIN_MS).tick();
        var kept = walk.on(at -> new Input.JournalComplete(at, 1, true));

        // Then: the model that hears him answers by itself
        assertThat(walk.all(Effect.Remember.class)).contains(new Effect.Remember(new JournalEntry.LetGo(false)));
        assertThat(kept).contains(new Effect.Release(WITHIN_MS + 500));
    }

    @Test
    void aToolThatRunsIsFinishedHereHoweverLongItTakes() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, TIME);
        wanted(walk);

        // When
        var late = walk.later(WITHIN_MS + 5_000).tick();
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{\"time\":\"12:00\"}", 8_000));

        // Then: the caller hears that somebody works, and nothing else is done
        assertThat(late).containsExactly(new Effect.Fill());
        assertThat(walk.all(Effect.Remember.class).stream().map(Effect.Remember::entry))
                .endsWith(
                        new JournalEntry.ToolAnswered("call_1", "get_current_time", "{}", "{\"time\":\"12:00\"}"),
                        new JournalEntry.LetGo(true));
        assertThat(walk.all(Effect.Ask.class)).isEmpty();
        assertThat(walk.all(Effect.CompleteJournal.class)).containsExactly(new Effect.CompleteJournal(1));
    }

    @Test
    void aToolThatIsCalledTooLateIsLeftToTheNextBridge() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        wanted(walk);
        walk.later(WITHIN_MS).tick();

        // When
        walk.done("resp_1", Input.Status.COMPLETED, TIME);

        // Then
        assertThat(walk.all(Effect.RunTool.class)).isEmpty();
        assertThat(walk.all(Effect.Remember.class)).containsExactly(new Effect.Remember(new JournalEntry.LetGo(true)));
    }

    @Test
    void aCallThatNobodyTakesAfterAllStays() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        wanted(walk);

        // When
        walk.on(at -> new Input.HandOverRequested(at, -1));
        var late = walk.later(WITHIN_MS).tick();

        // Then
        assertThat(late).isEmpty();
        assertThat(walk.state().handingOver()).isFalse();
    }

    @Test
    void aCallWhoseAssistantWasStoppedForItGoesAllTheSame() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        wanted(walk);
        walk.later(WITHIN_MS).tick();

        // When
        walk.on(at -> new Input.HandOverRequested(at, -1));
        var kept = walk.on(at -> new Input.JournalComplete(at, 1, true));

        // Then
        assertThat(kept).contains(new Effect.LetGo(EndReason.GIVEN_AWAY));
    }

    @Test
    void nobodyIsGivenAwayBeforeHeIsGreeted() {
        // Given: the next bridge greets nobody
        var walk = Walk.talking();

        // When
        wanted(walk);
        var late = walk.later(WITHIN_MS).tick();

        // Then: he hears that somebody works, and nothing else is done
        assertThat(late).containsExactly(new Effect.Fill());
        walk.begins("resp_g", "item_g", 1_000);
        walk.tick();
        assertThat(walk.all(Effect.ClearPlayback.class)).hasSize(1);
    }

    @Test
    void aCallThatEndsAnywayEndsHere() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.HangUpRequested(at, EndReason.ENDED_BY_REQUEST));
        walk.forget();

        // When
        wanted(walk);
        walk.later(WITHIN_MS).tick();

        // Then
        assertThat(walk.all(Effect.CompleteJournal.class)).isEmpty();
    }

    @Test
    void aLostLineTakesTheWishWithIt() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        wanted(walk);
        walk.on(at -> new Input.Detached(at, true));

        // When
        walk.on(at -> new Input.Attached(at, 2, 6));
        walk.later(WITHIN_MS).tick();

        // Then
        assertThat(walk.all(Effect.CompleteJournal.class)).isEmpty();
        assertThat(walk.state().handingOver()).isFalse();
    }

    @Test
    void whoTakesOverWarmGreetsNobodyAndAnswersWhatIsOwed() {
        // Given: a model session that was configured before the history was known
        var setup = Walk.takenOver();
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

    private static List<Effect> wanted(Walk walk) {
        walk.forget();
        return walk.on(at -> new Input.HandOverRequested(at, WITHIN_MS));
    }
}
