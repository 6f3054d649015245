package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-P6: a call is let go at a turn boundary, and never before its journal is complete. */
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
    void wordsThatNobodyWritesDownAreNotWaitedFor() {
        // Given
        var walk = Walk.greetedUnwritten();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.says("resp_1", "item_1", 1_000);
        walk.on(at -> new Input.Heard(at, 2, 1_000, true));

        // When
        var wanted = wanted(walk);

        // Then
        assertThat(wanted).contains(new Effect.CompleteJournal(1));
    }

    @Test
    void wordsThatTheNextSessionIsAboutToHearAreWaitedFor() {
        // Given: nobody has answered them, and nobody writes them down
        var walk = Walk.greetedUnwritten();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.ModelClosed(at, true, "gone", "azure", 0));
        walk.on(at -> new Input.ModelReady(at, Walk.unwritten("sess_2"), true, true));

        // When
        var wanted = wanted(walk);
        walk.callerSpeaks("u1_again");
        walk.callerStops("u1_again");
        walk.says("resp_1", "item_1", 1_000);
        var answered = walk.on(at -> new Input.Heard(at, 2, 1_000, true));

        // Then
        assertThat(wanted).isEmpty();
        assertThat(answered).contains(new Effect.CompleteJournal(1));
    }

    @Test
    void wordsThatWereActedOnInASessionThatIsGoneHoldNoHandOver() {
        // Given: the next one writes down what is said to it, but did not hear them
        var walk = Walk.greetedUnwritten();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, TIME);
        walk.on(at -> new Input.ModelClosed(at, true, "gone", "azure", 0));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, false));
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{}", 1));
        walk.says("resp_2", "item_2", 1_000);
        walk.on(at -> new Input.Heard(at, 2, 1_000, true));

        // When
        var wanted = wanted(walk);

        // Then
        assertThat(wanted).contains(new Effect.CompleteJournal(1));
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
        walk.on(at -> new Input.Detached(at, Input.LineEnd.LOST));

        // When
        walk.on(at -> new Input.Attached(at, 2, 6));
        walk.later(WITHIN_MS).tick();

        // Then
        assertThat(walk.all(Effect.CompleteJournal.class)).isEmpty();
        assertThat(walk.state().handingOver()).isFalse();
    }

    private static List<Effect> wanted(Walk walk) {
        walk.forget();
        return walk.on(at -> new Input.HandOverRequested(at, WITHIN_MS));
    }
}
