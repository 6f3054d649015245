package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F-O1: a model that fails, breaks off or has had enough is asked again, replaced or given up. */
class ModelErrorsTest {
    @Test
    void aRateLimitedResponseIsAskedForAgainLaterEachTimeAndThreeTimesAtMost() {
        // Given
        var walk = Walk.talking();
        var failure = new Input.Failure(Input.ErrorKind.RETRY, "rate_limit_exceeded");

        // When
        for (var i = 0; i < 4; i++) {
            var response = "resp_" + i;
            walk.on(at -> new Input.ResponseCreated(at, response));
            walk.on(at ->
                    new Input.ResponseDone(at, response, Input.Status.FAILED, failure, List.of(), "m", Tokens.NONE));
            walk.later(2_000).tick();
        }
        walk.on(at -> new Input.ModelClosed(at, false, "nobody-to-ask", "", 0));

        // Then
        assertThat(walk.all(Effect.Ask.class)).hasSize(4);
        assertThat(walk.all(Effect.Reconnect.class)).containsExactly(new Effect.Reconnect(0, 0, "", List.of("openai")));
        assertThat(walk.all(Effect.HangUp.class))
                .first()
                .isEqualTo(new Effect.HangUp(EndReason.MODEL_UNAVAILABLE, true));
        assertThat(walk.facts(CallFact.ModelUsage.class))
                .hasSize(4)
                .allMatch(usage -> usage.status().equals("failed"));
    }

    @Test
    void exhaustedQuotaStopsTheProviderAtOnceAndTheCallWhenThereIsNoOther() {
        // Given
        var walk = Walk.talking();

        // When
        var fatal = walk.on(at -> new Input.ModelComplained(at, Input.ErrorKind.FATAL, "insufficient_quota", null));
        var nobody = walk.on(at -> new Input.ModelClosed(at, false, "nobody-to-ask", "", 0));

        // Then
        assertThat(fatal).containsExactly(new Effect.Reconnect(0, 0, "", List.of("openai")));
        assertThat(nobody).containsExactly(new Effect.HangUp(EndReason.MODEL_UNAVAILABLE, true));
    }

    @Test
    void aModelThatRestartsIsAskedAgainUntilTheCallerHasWaitedTooLong() {
        // Given
        var walk = Walk.greeted();
        for (var i = 0; i < 4; i++) {
            walk.on(at -> new Input.ModelClosed(at, true, "handshake-503", "openai", 0));
        }

        // When
        walk.later(900);
        var again = walk.on(at -> new Input.ModelClosed(at, false, "nobody-to-ask", "", 0));
        for (var i = 0; i < 4; i++) {
            walk.on(at -> new Input.ModelClosed(at, true, "handshake-503", "openai", 0));
        }
        walk.later(7_000);
        var late = walk.on(at -> new Input.ModelClosed(at, false, "nobody-to-ask", "", 0));
        var tooLate = walk.later(100).tick();

        // Then
        var anotherRound = new Effect.Reconnect(3, 500, "", List.of());
        assertThat(again).containsExactly(anotherRound);
        assertThat(late).containsExactly(anotherRound);
        assertThat(tooLate).containsExactly(new Effect.HangUp(EndReason.MODEL_UNAVAILABLE, true));
    }

    @ParameterizedTest(name = "Retry-After {0} ms")
    @ValueSource(longs = {5_500, 8_000, 20_000})
    void anOnlyProviderThatAsksUsToWaitIsWaitedForUntilTheCallerIsOfferedAnotherWay(long retryAfterMs) {
        // Given (F-O2, F-O3): it was lost while the caller heard the last 3 s of an answer that is complete
        var walk = Walk.greeted();
        walk.says("resp_1", "item_1", 3_000);
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));

        // When
        walk.on(at -> new Input.ModelClosed(at, true, "handshake-429", "openai", retryAfterMs));
        var refused = walk.on(at -> new Input.ModelClosed(at, false, "nobody-to-ask", "", 0));
        walk.later(3_000).on(at -> new Input.Heard(at, 2, 3_000, true));
        var afterTwo = walk.later(2_000).tick();
        var afterSeven = walk.later(5_999).tick();
        var afterEight = walk.later(1).tick();

        // Then: his waiting counts from the moment that he hears nothing
        assertThat(refused).containsExactly(new Effect.Reconnect(3, retryAfterMs, "", List.of()));
        assertThat(afterTwo).containsExactly(new Effect.Fill());
        assertThat(afterSeven).isEmpty();
        assertThat(afterEight).containsExactly(new Effect.HangUp(EndReason.MODEL_UNAVAILABLE, true));
    }

    @Test
    void whoOnlyStandsReadyIsRefusedAtOnceWhenNobodyIsLeft() {
        // Given
        var walk = Walk.warmed();
        for (var i = 0; i < 4; i++) {
            walk.on(at -> new Input.ModelClosed(at, true, "handshake-503", "openai", 0));
        }

        // When
        var nobody = walk.on(at -> new Input.ModelClosed(at, false, "nobody-to-ask", "", 0));

        // Then
        assertThat(nobody).isEmpty();
        assertThat(walk.state().modelFailed()).isTrue();
    }

    @Test
    void theNextProviderGoesOnWithWhatWasOwed() {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        walk.on(at -> new Input.CallerTranscribed(at, "u1", "When do you open?"));
        theAccountIsEmpty(walk);

        // When
        walk.later(700);
        var azure = new ModelSession("sess_2", "azure", "gpt-realtime-1.5", true, 0);
        var ready = walk.on(at -> new Input.ModelReady(at, azure, true, true));

        // Then
        assertThat(ready)
                .containsExactly(
                        new Effect.Publish(
                                new CallFact.ModelSwitched("failover", "openai", "azure", "gpt-realtime-1.5", 700)),
                        new Effect.Ask("ask_2", null));
    }

    private static void theAccountIsEmpty(Walk walk) {
        var failure = new Input.Failure(Input.ErrorKind.FATAL, "insufficient_quota");
        walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
        walk.on(at -> new Input.ResponseDone(at, "resp_1", Input.Status.FAILED, failure, List.of(), "m", null));
    }

    @Test
    void whatTheNextProviderHearsItIsNotAskedToAnswerAsWell() {
        // Given: it was not written down
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");
        theAccountIsEmpty(walk);

        // When
        var azure = new ModelSession("sess_2", "azure", "gpt-realtime-1.5", true, 0);
        var ready = walk.on(at -> new Input.ModelReady(at, azure, true, true));

        // Then
        assertThat(walk.all(Effect.HearAgain.class)).hasSize(1);
        assertThat(ready).doesNotHaveAnyElementsOfTypes(Effect.Ask.class);
    }

    @Test
    void anAskThatCrossedWithTheModelsOwnAnswerIsAskedAgainAfterIt() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.Digit(at, '#'));
        walk.on(at -> new Input.ResponseCreated(at, "resp_own"));

        // When
        walk.on(at -> new Input.ModelComplained(
                at, Input.ErrorKind.BUSY, "conversation_already_has_active_response", "ask_2"));
        var during = walk.all(Effect.Ask.class).size();
        walk.done("resp_own", Input.Status.COMPLETED);

        // Then
        assertThat(during).isEqualTo(1);
        assertThat(walk.all(Effect.Ask.class)).hasSize(2);
    }

    @Test
    void aBrokenModelSocketClearsPlaybackOnceAndTheAnswerIsGoneOnWith() {
        // Given (F-O1)
        var walk = Walk.greeted();
        walk.begins("resp_1", "item_1", 900);

        // When
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 300)), 0));
        walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, true));

        // Then
        assertThat(walk.all(Effect.ClearPlayback.class)).hasSize(1);
        assertThat(walk.all(Effect.Reconnect.class)).containsExactly(new Effect.Reconnect(1, 0, "openai", List.of()));
        assertThat(walk.all(Effect.Truncate.class)).isEmpty();
        assertThat(walk.all(Effect.Remember.class))
                .contains(new Effect.Remember(new JournalEntry.AssistantSaid("item_1", "one two three", 300, true)));
        assertThat(walk.all(Effect.Ask.class)).hasSize(1);
        assertThat(walk.facts(CallFact.BargeIn.class)).isEmpty();
    }

    @Test
    void reconnectsAreCountedUntilAResponseWasCompletedNotUntilAHandshake() {
        // Given: the trap of a handshake that works and a generation that does not
        var walk = Walk.talking();

        // When
        for (var i = 0; i < 4; i++) {
            walk.on(at -> new Input.ModelReady(at, Walk.session("sess", "m"), false, false));
            walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        }

        // Then
        assertThat(walk.all(Effect.Reconnect.class))
                .containsExactly(
                        new Effect.Reconnect(1, 0, "openai", List.of()),
                        new Effect.Reconnect(2, 0, "openai", List.of()),
                        new Effect.Reconnect(3, 0, "openai", List.of()),
                        new Effect.Reconnect(0, 0, "", List.of("openai")));
    }
}
