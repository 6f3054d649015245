package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F-P6: a turn that lasts too long is broken off where it was heard, and gone on with by the next bridge. */
class HandOverInMidTurnTest {
    private static final long WITHIN_MS = 3_000;
    private static final Input.FunctionCall TIME = new Input.FunctionCall("call_1", "get_current_time", "{}");

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
    void wordsThatAFunctionWasCalledForAreNotHeardAgainElsewhereAndItsAnswerIsGivenThere() {
        // Given: nobody writes them down
        var walk = Walk.greetedUnwritten();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, TIME);
        wanted(walk);
        walk.later(WITHIN_MS).tick();

        // When
        walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{}", WITHIN_MS));
        var kept = walk.on(at -> new Input.JournalComplete(at, 1, true));

        // Then
        assertThat(walk.all(Effect.Remember.class).stream().map(Effect.Remember::entry))
                .endsWith(new JournalEntry.LetGo(true));
        assertThat(kept).contains(new Effect.Release(500));
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
        assertThat(soon).doesNotContain(new Effect.ClearPlayback(2));
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

    private static List<Effect> wanted(Walk walk) {
        walk.forget();
        return walk.on(at -> new Input.HandOverRequested(at, WITHIN_MS));
    }
}
