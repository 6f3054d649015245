package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Tokens;
import centralita.contracts.transcript.TranscriptFact;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConversationLifeTest {
    private static final Input.FunctionCall TIME = new Input.FunctionCall("call_1", "get_current_time", "{}");
    private static final Input.FunctionCall END = new Input.FunctionCall("call_2", "end_call", "{}");

    @Nested
    class KeysOfTheAssistant {
        @Test
        void keysSoundBehindWhatPlays() {
            // Given
            var walk = Walk.greeted();
            walk.says("resp_1", "item_1", 500);

            // When
            var effects = walk.on(at -> new Input.DigitsWanted(at, "12#"));

            // Then: the greeting was the first item, the answer the second
            assertThat(effects).containsExactly(new Effect.PlayKeys("12#", 3));
            assertThat(effects.toString()).doesNotContain("12#");
        }

        @Test
        void nobodyPressesKeysForACallerWhoIsGone() {
            // Given
            var walk = Walk.greeted();
            walk.on(at -> new Input.Detached(at, true));

            // When, then
            assertThat(walk.on(at -> new Input.DigitsWanted(at, "1"))).isEmpty();
        }
    }

    @Nested
    class Beginning {
        @Test
        void theAssistantGreetsWhenBothAreThereAndNotBefore() {
            // Given
            var walk = new Walk(Walk.SETUP);

            // When
            var whenReady = walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), false, false));
            walk.later(300);
            var whenAttached = walk.on(at -> new Input.Attached(at, 1, 5));

            // Then
            assertThat(whenReady).isEmpty();
            assertThat(whenAttached)
                    .containsExactly(
                            new Effect.Publish(new CallFact.ConversationStarted(
                                    "b1", 5, "openai", "m", "marin", "sess_1", 0, false)),
                            new Effect.Ask("ask_1", "Be brief.\n\n# Now\nGreet."));
        }

        @Test
        void aCallThatWasServedBeforeIsNotGreetedAgain() {
            // Given
            var setup = Walk.takenOver();
            var walk = new Walk(setup);
            walk.on(at -> new Input.Attached(at, 1, 9));

            // When
            walk.on(at -> new Input.ModelReady(at, Walk.session("sess_2", "m"), true, false));

            // Then
            assertThat(walk.all(Effect.Ask.class)).isEmpty();
            assertThat(walk.facts(CallFact.ConversationStarted.class)).hasSize(1);
        }

        @Test
        void aCallerWhoNeverComesIsLetGoAfterAMinute() {
            // Given
            var walk = new Walk(Walk.SETUP);

            // When
            var before = walk.later(59_999).tick();
            var after = walk.later(1).tick();

            // Then
            assertThat(before).isEmpty();
            assertThat(after)
                    .containsExactly(
                            new Effect.Publish(
                                    new CallFact.ConversationEnded(EndReason.NEVER_ATTACHED, 0, 0, 0, 0, 0, null)),
                            new Effect.LetGo(EndReason.NEVER_ATTACHED));
        }
    }

    @Nested
    class BargeIn {
        @Test
        void theCallersWordStopsPlaybackAndWhatHeHeardIsAllThatTheModelRemembers() {
            // Given
            var walk = Walk.greeted();
            walk.callerSpeaks("u1");
            walk.callerStops("u1");
            walk.begins("resp_1", "item_1", 4_000);
            walk.forget();

            // When
            walk.later(1_000).callerSpeaks("u2");
            walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 1_000)), 3));

            // Then
            assertThat(walk.all(Effect.ClearPlayback.class)).containsExactly(new Effect.ClearPlayback(1));
            assertThat(walk.all(Effect.Silence.class)).containsExactly(new Effect.Silence(List.of("item_1")));
            assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 1_000));
            assertThat(walk.all(Effect.Cancel.class)).isEmpty();
            assertThat(walk.facts(CallFact.BargeIn.class))
                    .containsExactly(new CallFact.BargeIn("item_1", 1_000, 4_000, 3));
            assertThat(walk.transcripts(TranscriptFact.Said.class))
                    .containsExactly(new TranscriptFact.Said("ASSISTANT", "item_1", 2, "one two", 0, 1_000L, true));
        }

        @Test
        void truncationIsNeverBeyondWhatWasMade() {
            // Given
            var walk = Walk.greeted();
            walk.begins("resp_1", "item_1", 400);

            // When
            walk.callerSpeaks("u2");
            walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 485)), 0));

            // Then
            assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 400));
        }

        @Test
        void ofSeveralItemsOnlyThoseNotHeardToTheEndAreTruncatedAndUnbegunOnesToNothing() {
            // Given
            var walk = Walk.greeted();
            walk.begins("resp_1", "item_1", 500);
            walk.on(at -> new Input.AudioEnded(at, "item_1"));
            for (var item : List.of("item_2", "item_3")) {
                walk.on(at -> new Input.ItemAdded(at, "resp_1", item));
                walk.on(at -> new Input.AudioStarted(at, "resp_1", item));
                walk.on(at -> new Input.ItemGrew(at, item, 900, "words"));
                walk.on(at -> new Input.AudioEnded(at, item));
            }
            walk.done("resp_1", Input.Status.COMPLETED);
            walk.on(at -> new Input.Heard(at, 2, 500, true));

            // When: the response is done, its audio still plays
            walk.callerSpeaks("u2");
            walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(3, 200), new Input.HeardItem(4, 0)), 0));

            // Then
            assertThat(walk.all(Effect.Truncate.class))
                    .containsExactly(new Effect.Truncate("item_2", 200), new Effect.Truncate("item_3", 0));
            assertThat(walk.facts(CallFact.Turn.class))
                    .last()
                    .isEqualTo(new CallFact.Turn(2, "speech", 0, 0L, 2_300, 700, true));
        }

        @Test
        void audioOfAnInterruptedResponseIsThrownAwayAndItsUnheardItemsAreForgotten() {
            // Given
            var walk = Walk.greeted();
            walk.begins("resp_1", "item_1", 500);
            walk.callerSpeaks("u2");
            walk.on(at -> new Input.Cleared(at, 1, List.of(new Input.HeardItem(2, 100)), 0));
            walk.forget();

            // When
            walk.on(at -> new Input.ItemAdded(at, "resp_1", "item_2"));
            walk.on(at -> new Input.AudioStarted(at, "resp_1", "item_2"));
            walk.on(at -> new Input.ItemAdded(at, "resp_1", "item_3"));
            walk.done("resp_1", Input.Status.CANCELLED);

            // Then
            assertThat(walk.all(Effect.Play.class)).isEmpty();
            assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_2", 0));
            assertThat(walk.all(Effect.Delete.class)).containsExactly(new Effect.Delete("item_3"));
        }

        @Test
        void aGatewayThatDoesNotSayWhatWasHeardIsNotWaitedForLong() {
            // Given
            var walk = Walk.greeted();
            walk.begins("resp_1", "item_1", 500);
            walk.on(at -> new Input.Heard(at, 2, 120, false));
            walk.callerSpeaks("u2");

            // When
            walk.later(1_000).tick();

            // Then
            assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 120));
        }
    }

    @Nested
    class ToolCalls {
        @Test
        void aToolThatTheModelMadeUpIsNotNamedInEvents() {
            // Given
            var walk = Walk.greeted();
            walk.callerSpeaks("u1");
            walk.callerStops("u1");
            walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
            var invented = new Input.FunctionCall("call_7", "tell_34600111222_hello", "{}");
            walk.done("resp_1", Input.Status.COMPLETED, invented);

            // When
            walk.on(at -> new Input.ToolFinished(at, "call_7", "refused", "{}", 0));

            // Then
            assertThat(walk.facts(CallFact.ToolCalled.class))
                    .containsExactly(new CallFact.ToolCalled("call_7", "unknown", "refused", 0));
        }

        @Test
        void everyCallIsAnsweredAndThenOneResponseIsAskedFor() {
            // Given
            var walk = Walk.greeted();
            walk.callerSpeaks("u1");
            walk.callerStops("u1");
            walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
            var second = new Input.FunctionCall("call_9", "get_current_time", "{}");
            walk.done("resp_1", Input.Status.COMPLETED, TIME, second, TIME);

            // When
            var afterFirst = walk.on(at -> new Input.ToolFinished(at, "call_1", "ok", "{}", 4));
            var afterSecond = walk.on(at -> new Input.ToolFinished(at, "call_9", "ok", "{}", 4));
            var repeated = walk.on(at -> new Input.ToolFinished(at, "call_9", "ok", "{}", 4));

            // Then
            assertThat(walk.all(Effect.RunTool.class)).hasSize(2);
            assertThat(afterFirst).noneMatch(Effect.Ask.class::isInstance);
            assertThat(afterSecond).first().isEqualTo(new Effect.AnswerTool("call_9", "{}", null));
            assertThat(afterSecond).last().isEqualTo(new Effect.Ask("ask_2", null));
            assertThat(repeated).isEmpty();
        }

        @Test
        void callsOverTheLimitOfATurnAreRefusedWithWordsForTheModel() {
            // Given (F-O8)
            var walk = Walk.greeted();
            walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
            var calls = new Input.FunctionCall[50];
            for (var i = 0; i < calls.length; i++) {
                calls[i] = new Input.FunctionCall("call_" + i, "get_current_time", "{}");
            }

            // When
            walk.done("resp_1", Input.Status.COMPLETED, calls);

            // Then
            assertThat(walk.all(Effect.RunTool.class)).hasSize(3);
            assertThat(walk.all(Effect.AnswerTool.class))
                    .hasSize(47)
                    .allMatch(answer -> answer.output().contains("too_many_calls"));
        }

        @Test
        void callsOfACancelledResponseAreIgnored() {
            // Given
            var walk = Walk.greeted();
            walk.on(at -> new Input.ResponseCreated(at, "resp_1"));

            // When
            walk.done("resp_1", Input.Status.CANCELLED);

            // Then
            assertThat(walk.all(Effect.RunTool.class)).isEmpty();
        }

        @Test
        void aCallEndsAfterTheFarewellThatCameWithTheFunction() {
            // Given
            var walk = Walk.greeted();
            walk.begins("resp_1", "item_1", 800);
            walk.done("resp_1", Input.Status.COMPLETED, END);

            // When
            var effects = walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));
            walk.on(at -> new Input.Heard(at, 2, 800, true));
            walk.on(at -> new Input.Detached(at, false));

            // Then
            assertThat(effects)
                    .contains(new Effect.HangUp(EndReason.ASSISTANT_HUNG_UP, true))
                    .noneMatch(Effect.Ask.class::isInstance);
            assertThat(walk.state().ended()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
        }

        @Test
        void withoutAFarewellTheModelIsAskedForOne() {
            // Given
            var walk = Walk.greeted();
            walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
            walk.done("resp_1", Input.Status.COMPLETED, END);

            // When
            walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));
            walk.begins("resp_2", "item_2", 500);
            var effects = walk.done("resp_2", Input.Status.COMPLETED);

            // Then
            assertThat(walk.all(Effect.Ask.class))
                    .hasSize(1)
                    .allMatch(ask -> ask.instructions().contains("goodbye"));
            assertThat(effects).contains(new Effect.HangUp(EndReason.ASSISTANT_HUNG_UP, true));
        }
    }

    @Nested
    class Bounds {
        @Test
        void aGoodbyeIsFinalWhateverTheCallerSaysMeanwhile() {
            // Given
            var walk = Walk.greeted();
            walk.begins("resp_1", "item_1", 800);
            walk.done("resp_1", Input.Status.COMPLETED, END);
            walk.on(at -> new Input.ToolFinished(at, "call_2", "ok", "{}", 1));
            walk.forget();

            // When: the caller speaks, and the model answers him by itself
            walk.callerSpeaks("u_2");
            walk.callerStops("u_2");
            walk.begins("resp_2", "item_2", 500);
            walk.ends("resp_2", "item_2");
            walk.on(at -> new Input.Heard(at, 2, 800, true));
            walk.on(at -> new Input.Detached(at, false));

            // Then: nothing stops the last words, nothing follows them
            assertThat(walk.all(Effect.ClearPlayback.class)).isEmpty();
            assertThat(walk.all(Effect.Play.class)).isEmpty();
            assertThat(walk.state().ended()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
        }

        @Test
        void silenceIsAskedAboutTwiceAndThenTheAssistantSaysGoodbyeAndHangsUp() {
            // Given
            var walk = Walk.greeted();

            // When
            for (var i = 1; i <= 3; i++) {
                walk.later(7_999).tick();
                walk.later(1).tick();
                var response = "resp_" + i;
                var item = "item_" + i;
                var number = i + 1;
                walk.says(response, item, 500);
                walk.on(at -> new Input.Heard(at, number, 500, true));
            }

            // Then
            assertThat(walk.all(Effect.Ask.class)).hasSize(3);
            assertThat(walk.all(Effect.HangUp.class)).containsExactly(new Effect.HangUp(EndReason.SILENCE_LIMIT, true));
            assertThat(walk.facts(CallFact.Turn.class).stream().map(CallFact.Turn::trigger))
                    .containsExactly("silence", "silence", "limit");
        }

        @Test
        void aCallThatHasUsedItsTokensEndsWithAGoodbye_TH11() {
            // Given: 1,000 tokens, and an answer that used 999
            var limits = new Setup.Limits(600_000, 0, 0, 3, 6, 1_000);
            var walk = new Walk(Walk.with(limits));
            walk.on(at -> new Input.ModelReady(at, Walk.session("sess_1", "m"), false, false));
            walk.on(at -> new Input.Attached(at, 1, 5));
            walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
            walk.on(at -> new Input.ResponseDone(
                    at, "resp_1", Input.Status.COMPLETED, null, List.of(), "m", new Tokens(500, 400, 300, 0, 100, 99)));
            walk.tick();
            var before = walk.all(Effect.Ask.class).size();

            // When: one token more, of an answer that was cancelled
            walk.on(at -> new Input.ResponseDone(
                    at, "resp_2", Input.Status.CANCELLED, null, List.of(), "m", new Tokens(1, 0, 0, 0, 0, 0)));
            walk.tick();
            walk.says("resp_3", "item_3", 500);

            // Then: a goodbye was asked for, then the call is ended
            assertThat(walk.all(Effect.Ask.class)).hasSize(before + 1);
            assertThat(walk.all(Effect.HangUp.class)).containsExactly(new Effect.HangUp(EndReason.BUDGET_LIMIT, true));
        }

        @Test
        void aCallThatIsTooLongEndsWithAGoodbyeAndForCertain() {
            // Given
            var walk = Walk.greeted();
            walk.on(at -> new Input.SpeechStarted(at, "u1", 0));

            // When: the model never says goodbye, the gateway never hangs up
            walk.later(600_000).tick();
            walk.later(30_000).tick();
            walk.later(30_000).tick();

            // Then
            assertThat(walk.all(Effect.HangUp.class))
                    .containsExactly(
                            new Effect.HangUp(EndReason.DURATION_LIMIT, true),
                            new Effect.HangUp(EndReason.DURATION_LIMIT, false));
            assertThat(walk.state().ended()).isEqualTo(EndReason.DURATION_LIMIT);
        }

        @Test
        void aLostStreamIsWaitedForHalfAMinute() {
            // Given
            var walk = Walk.greeted();
            walk.on(at -> new Input.Detached(at, true));

            // When
            walk.later(29_999).tick();
            var early = walk.state().ended();
            walk.later(1).tick();

            // Then
            assertThat(early).isNull();
            assertThat(walk.state().ended()).isEqualTo(EndReason.STREAM_LOST);
        }

        @Test
        void aStreamThatComesBackGoesOnWithoutASecondGreeting() {
            // Given
            var walk = Walk.greeted();
            walk.says("resp_1", "item_1", 3_000);
            walk.on(at -> new Input.Heard(at, 2, 700, false));
            walk.on(at -> new Input.Detached(at, true));

            // When
            walk.later(2_000).on(at -> new Input.Attached(at, 2, 5));

            // Then
            assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_1", 700));
            assertThat(walk.all(Effect.Ask.class))
                    .hasSize(1)
                    .allMatch(ask -> ask.instructions().contains("Do not"));
            assertThat(walk.facts(CallFact.ConversationStarted.class)).isEmpty();
        }
    }

    @Nested
    class Digits {
        @Test
        void keysAreGatheredAndToldAsOne() {
            // Given
            var walk = Walk.greeted();
            walk.on(at -> new Input.Digit(at, '4'));
            walk.later(1_000).on(at -> new Input.Digit(at, '2'));

            // When
            var early = walk.later(1_499).tick();
            var due = walk.later(1).tick();

            // Then
            assertThat(early).isEmpty();
            assertThat(due)
                    .contains(new Effect.TellAsCaller("[The caller pressed these keys on the telephone: 42]"))
                    .contains(new Effect.Ask("ask_2", null));
            assertThat(walk.transcripts(TranscriptFact.Digits.class))
                    .containsExactly(new TranscriptFact.Digits("42", 2_500));
        }
    }

    @Nested
    class Errors {
        @Test
        void aRateLimitedResponseIsAskedForAgainLaterEachTimeAndThreeTimesAtMost() {
            // Given
            var walk = Walk.talking();
            var failure = new Input.Failure(Input.ErrorKind.RETRY, "rate_limit_exceeded");

            // When
            for (var i = 0; i < 4; i++) {
                var response = "resp_" + i;
                walk.on(at -> new Input.ResponseCreated(at, response));
                walk.on(at -> new Input.ResponseDone(
                        at, response, Input.Status.FAILED, failure, List.of(), "m", Tokens.NONE));
                walk.later(2_000).tick();
            }
            walk.on(at -> new Input.ModelClosed(at, false, "nobody-to-ask", "", 0));

            // Then
            assertThat(walk.all(Effect.Ask.class)).hasSize(4);
            assertThat(walk.all(Effect.Reconnect.class))
                    .containsExactly(new Effect.Reconnect(0, 0, "", List.of("openai")));
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
            var tooLate = walk.on(at -> new Input.ModelClosed(at, false, "nobody-to-ask", "", 0));

            // Then
            assertThat(again).containsExactly(new Effect.Reconnect(3, 500, "", List.of()));
            assertThat(tooLate).containsExactly(new Effect.HangUp(EndReason.MODEL_UNAVAILABLE, true));
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
            var failure = new Input.Failure(Input.ErrorKind.FATAL, "insufficient_quota");
            walk.on(at -> new Input.ResponseCreated(at, "resp_1"));
            walk.on(at -> new Input.ResponseDone(at, "resp_1", Input.Status.FAILED, failure, List.of(), "m", null));

            // When
            walk.later(700);
            var azure = new ModelSession("sess_2", "azure", "gpt-realtime-1.5", 0);
            var ready = walk.on(at -> new Input.ModelReady(at, azure, true, true));

            // Then
            assertThat(ready)
                    .containsExactly(
                            new Effect.Publish(
                                    new CallFact.ModelSwitched("failover", "openai", "azure", "gpt-realtime-1.5", 700)),
                            new Effect.Ask("ask_2", null));
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
            assertThat(walk.all(Effect.Reconnect.class))
                    .containsExactly(new Effect.Reconnect(1, 0, "openai", List.of()));
            assertThat(walk.all(Effect.Truncate.class)).isEmpty();
            assertThat(walk.all(Effect.Remember.class))
                    .contains(
                            new Effect.Remember(new JournalEntry.AssistantSaid("item_1", "one two three", 300, true)));
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

    @Test
    void theCallersPlaceInTheHistoryIsKeptBeforeHisWordsAreKnown() {
        // Given
        var walk = Walk.greeted();
        walk.forget();

        // When
        walk.callerSpeaks("u_1");
        walk.callerStops("u_1");
        walk.on(at -> new Input.CallerTranscribed(at, "u_1", "What time is it?"));

        // Then
        assertThat(walk.all(Effect.Remember.class))
                .containsExactly(
                        new Effect.Remember(new JournalEntry.CallerSaid("u_1", "")),
                        new Effect.Remember(new JournalEntry.CallerSaid("u_1", "What time is it?")));
    }

    @Test
    void nothingHappensAfterTheEnd() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.Detached(at, false));

        // When
        var afterwards = walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));

        // Then
        assertThat(afterwards).isEmpty();
        assertThat(walk.facts(CallFact.ConversationEnded.class))
                .containsExactly(new CallFact.ConversationEnded(EndReason.CALLER_HUNG_UP, 1, 0, 0, 0, 5, null));
    }
}
