package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** F-O1: what was answered, and not written down when the model's session was lost, is not forgotten. */
class WrittenLateTest {
    private final Walk walk = Walk.greeted();

    /** From 1,000 to 2,000 ms on the session's time line. */
    private void theCallerSpeaks() {
        walk.later(1_000).callerSpeaks("u1");
        walk.later(1_000).callerStops("u1");
    }

    private void theSessionIsLost() {
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
    }

    private void anotherServes() {
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, false));
    }

    @Test
    void whatIsAnsweredIsToldToTheNextSessionAsItSounded() {
        // Given
        theCallerSpeaks();
        walk.begins("resp_1", "item_1", 4_000);

        // When
        theSessionIsLost();

        // Then
        assertThat(walk.all(Effect.Recall.class)).containsExactly(new Effect.Recall("u1", 1_000, 2_000));
        assertThat(walk.all(Effect.HearAgain.class)).isEmpty();
    }

    @Test
    void soIsWhatAFunctionWasCalledFor() {
        // Given
        theCallerSpeaks();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.done("resp_1", Input.Status.COMPLETED, new Input.FunctionCall("call_1", "get_current_time", "{}"));

        // When
        theSessionIsLost();

        // Then
        assertThat(walk.all(Effect.Recall.class)).containsExactly(new Effect.Recall("u1", 1_000, 2_000));
    }

    @Test
    void whatIsWrittenDownIsToldAsText() {
        // Given
        theCallerSpeaks();
        walk.begins("resp_1", "item_1", 4_000);
        walk.on(at -> new Input.CallerTranscribed(at, "u1", "What time is it?"));

        // When
        theSessionIsLost();

        // Then
        assertThat(walk.all(Effect.Recall.class)).isEmpty();
        assertThat(walk.state().neededFromMs(2_000)).isEqualTo(-1);
    }

    @Test
    void whatNobodyHasAnsweredIsHeardAgainAndNotTold() {
        // Given
        theCallerSpeaks();

        // When
        theSessionIsLost();

        // Then
        assertThat(walk.all(Effect.Recall.class)).isEmpty();
        assertThat(walk.all(Effect.HearAgain.class)).containsExactly(new Effect.HearAgain(1_000));
    }

    @Test
    void itIsToldOnce() {
        // Given
        theCallerSpeaks();
        walk.begins("resp_1", "item_1", 4_000);
        theSessionIsLost();
        anotherServes();

        // When
        theSessionIsLost();

        // Then
        assertThat(walk.all(Effect.Recall.class)).hasSize(1);
        assertThat(walk.state().neededFromMs(2_000)).isEqualTo(-1);
    }

    @Test
    void aLongSpeechIsNotForgottenBecauseItIsLong() {
        // Given
        walk.later(1_000).callerSpeaks("u1");
        walk.later(12_000).callerStops("u1");
        walk.later(800).begins("resp_1", "item_1", 4_000);

        // When
        theSessionIsLost();

        // Then
        assertThat(walk.all(Effect.Recall.class)).containsExactly(new Effect.Recall("u1", 1_000, 13_000));
    }

    @Test
    void whatCouldNotBeWrittenDownIsRememberedAsItSounded() {
        // Given
        theCallerSpeaks();
        walk.begins("resp_1", "item_1", 4_000);

        // When
        walk.on(at -> new Input.CallerTranscribed(at, "u1", null));
        theSessionIsLost();

        // Then
        assertThat(walk.all(Effect.Recall.class)).containsExactly(new Effect.Recall("u1", 1_000, 2_000));
    }

    @Test
    void whatHeIsSayingWhenAFunctionIsCalledIsHeardAgain() {
        // Given
        theCallerSpeaks();
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.later(100).callerSpeaks("u2");
        walk.done("resp_1", Input.Status.COMPLETED, new Input.FunctionCall("call_1", "get_current_time", "{}"));

        // When
        theSessionIsLost();

        // Then
        assertThat(walk.all(Effect.Recall.class)).containsExactly(new Effect.Recall("u1", 1_000, 2_000));
        assertThat(walk.all(Effect.HearAgain.class)).containsExactly(new Effect.HearAgain(2_100));
    }

    @Test
    void whatHasNoTextForLongIsNotKept() {
        // Given
        theCallerSpeaks();
        walk.says("resp_1", "item_1", 4_000);
        var soon = walk.state().neededFromMs(11_999);

        // When
        walk.later(10_100);
        theSessionIsLost();

        // Then
        assertThat(soon).isEqualTo(1_000);
        assertThat(walk.state().neededFromMs(12_100)).isEqualTo(-1);
        assertThat(walk.all(Effect.Recall.class)).isEmpty();
    }

    @Test
    void aHandOverInMidAnswerWaitsForItAMoment() {
        // Given
        theCallerSpeaks();
        walk.begins("resp_1", "item_1", 8_000);
        walk.on(at -> new Input.HandOverRequested(at, 3_000));
        walk.later(3_000).tick();
        var heard = List.of(new Input.HeardItem(2, 3_000));

        // When
        var cleared = walk.on(at -> new Input.Cleared(at, 1, heard, 0));
        var waited = walk.later(499).tick();
        var written = walk.on(at -> new Input.CallerTranscribed(at, "u1", "Tell me all"));

        // Then
        assertThat(cleared).doesNotHaveAnyElementsOfTypes(Effect.CompleteJournal.class);
        assertThat(waited).doesNotHaveAnyElementsOfTypes(Effect.CompleteJournal.class);
        assertThat(written).contains(new Effect.CompleteJournal(1));
    }

    @Test
    void aHandOverInMidAnswerDoesNotWaitWhereNobodyWritesDown() {
        // Given
        var unwritten = Walk.greetedUnwritten();
        unwritten.callerSpeaks("u1");
        unwritten.callerStops("u1");
        unwritten.begins("resp_1", "item_1", 8_000);
        unwritten.on(at -> new Input.HandOverRequested(at, 3_000));
        unwritten.later(3_000).tick();

        // When
        var cleared = unwritten.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 3_000)), 0));

        // Then
        assertThat(cleared).contains(new Effect.CompleteJournal(1));
    }

    @Test
    void aHandOverInMidAnswerDoesNotWaitForLong() {
        // Given
        theCallerSpeaks();
        walk.begins("resp_1", "item_1", 8_000);
        walk.on(at -> new Input.HandOverRequested(at, 3_000));
        walk.later(3_000).tick();
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 3_000)), 0));

        // When
        var late = walk.later(500).tick();

        // Then
        assertThat(late).contains(new Effect.CompleteJournal(1));
    }
}
