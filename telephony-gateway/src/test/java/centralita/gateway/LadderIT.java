package centralita.gateway;

import static centralita.gateway.testing.Provider.fields;
import static centralita.gateway.testing.Provider.newCaller;
import static centralita.gateway.testing.Provider.path;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.CallbackCause;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.phone.PhoneNumber;
import centralita.contracts.request.RequestFact;
import centralita.gateway.testing.ForeignCalls;
import centralita.gateway.testing.LadderSettings;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.gateway.testing.StoppedRedis;
import centralita.livestate.LiveKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** F-R5, F-O2: what callers get when no assistant serves them, and how their calls end, once. */
@QuarkusTest
@TestProfile(LadderSettings.class)
class LadderIT extends RunningGateway {
    @AfterEach
    void emptyTheRooms() {
        redis.key().del(LiveKeys.ADMITTED_INBOUND, LiveKeys.ADMITTED_OUTBOUND);
    }

    @Test
    void whoFindsNoRoomMayBeCalledBack_FR5() {
        // Given
        var running = call(newCaller());
        bridge.await(RecordKind.ATTACH, running.callId);
        fill();
        var caller = newCaller();
        var refused = refusedCall(caller);

        // When
        var promise = provider.post(path(refused.gather()), with(refused, caller, "Digits", "1"));

        // Then: a promise, a request with the number, facts without it
        assertThat(refused.answer.verbs()).containsExactly("Gather", "Redirect");
        assertThat(refused.answer.body()).contains("ocupadas", "pulse uno", "es-ES");
        assertThat(promise.verbs()).containsExactly("Say", "Hangup");
        assertThat(promise.body()).contains("Le devolveremos la llamada");
        var asked = (RequestFact.Callback) events.requests(refused.callId).getFirst();
        assertThat(asked)
                .isEqualTo(new RequestFact.Callback(
                        new PhoneNumber(caller),
                        new PhoneNumber(Provider.NUMBER),
                        "customer-service-es",
                        "es-ES",
                        CallbackCause.NO_ROOM,
                        asked.requestedAt()));
        provider.hangUp(refused.callSid);
        var end = events.awaitEnd(refused.callId);
        assertThat(end).isEqualTo(new CallFact.Ended(Outcome.REJECTED, EndReason.NO_ROOM, 0));
        assertThat(events.of(refused.callId).stream().map(Object::getClass).map(Class::getSimpleName))
                .containsExactly("Received", "Refused", "CallbackBooked", "Ended");
        assertThat(events.of(refused.callId, CallFact.Refused.class))
                .containsExactly(new CallFact.Refused("no-bridge", "callback"));

        // And: the running call was left alone
        assertThat(events.of(running.callId, CallFact.MediaStreamEnded.class)).isEmpty();
        provider.hangUp(running.callSid);
        events.awaitEnd(running.callId);
    }

    @Test
    void aRepeatedWebhookOfARefusedCallIsAnsweredTheSameAndTwoKeysBookOneCallback() {
        // Given
        fill();
        var caller = newCaller();
        var refused = refusedCall(caller);

        // When
        var again = provider.post("/webhook/twilio", fields(refused.callSid, caller));
        provider.post(path(refused.gather()), with(refused, caller, "Digits", "1"));
        provider.post(path(refused.gather()), with(refused, caller, "Digits", "1"));

        // Then
        assertThat(again.body()).isEqualTo(refused.answer.body());
        provider.hangUp(refused.callSid);
        events.awaitEnd(refused.callId);
        assertThat(events.requests(refused.callId)).hasSize(1);
        assertThat(events.of(refused.callId, CallFact.Ended.class)).hasSize(1);
    }

    @Test
    void nobodyIsPromisedACallbackThatIsNotBooked() {
        // Given
        fill();
        var caller = newCaller();
        var refused = refusedCall(caller);

        // When: what the booking needs is slow
        StoppedRedis.forMs(600);
        var promise = provider.post(path(refused.gather()), with(refused, caller, "Digits", "1"));

        // Then
        assertThat(promise.body()).contains("Le devolveremos la llamada");
        assertThat(events.requests(refused.callId)).hasSize(1);
        provider.hangUp(refused.callSid);
        events.awaitEnd(refused.callId);
    }

    @Test
    void aRepeatedKeyIsAnsweredWhenTheCallbackIsBookedAndNotBefore() {
        // Given
        fill();
        var caller = newCaller();
        var refused = refusedCall(caller);

        // When: both while what the booking needs is slow
        StoppedRedis.forMs(600);
        var promises = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> {
                            var promise = provider.post(path(refused.gather()), with(refused, caller, "Digits", "1"));
                            return Map.entry(
                                    promise.body(),
                                    events.requests(refused.callId).size());
                        },
                        Thread::startVirtualThread))
                .limit(2)
                .toList();

        // Then
        assertThat(promises).extracting(CompletableFuture::join).allSatisfy(promise -> {
            assertThat(promise.getKey()).contains("Le devolveremos la llamada");
            assertThat(promise.getValue()).isEqualTo(1);
        });
        provider.hangUp(refused.callSid);
        events.awaitEnd(refused.callId);
    }

    @Test
    void aCallbackForWhichThereIsNoRoomIsNotPromisedAndTheNextStepIsOffered() {
        // Given
        fill();
        var caller = newCaller();
        var refused = refusedCall(caller);

        // When
        events.full(true);
        var other = provider.post(path(refused.gather()), with(refused, caller, "Digits", "1"));
        events.full(false);

        // Then: voicemail comes next
        assertThat(other.verbs()).containsExactly("Say", "Record", "Redirect");
        assertThat(events.of(refused.callId, CallFact.CallbackBooked.class)).isEmpty();
        provider.hangUp(refused.callSid);
        events.awaitEnd(refused.callId);
    }

    @Test
    void whoPressesNothingMayLeaveAMessage() {
        // Given
        fill();
        var caller = newCaller();
        var refused = refusedCall(caller);

        // When
        var record = provider.post(path(refused.answer.redirect()), fields(refused.callSid, caller));
        var element = (org.w3c.dom.Element)
                record.twiml().getElementsByTagName("Record").item(0);
        var recording = fields(refused.callSid, caller);
        recording.putAll(Map.of(
                "RecordingSid", "RE000000000000000000000000000000b1",
                "RecordingStatus", "completed",
                "RecordingDuration", "7"));
        provider.post(path(element.getAttribute("recordingStatusCallback")), recording);
        provider.post(path(element.getAttribute("recordingStatusCallback")), recording);
        var thanks = provider.post(path(element.getAttribute("action")), recording);

        // Then
        assertThat(record.verbs()).containsExactly("Say", "Record", "Redirect");
        assertThat(thanks.verbs()).containsExactly("Say", "Hangup");
        assertThat(thanks.body()).contains("hemos recibido su mensaje");
        provider.hangUp(refused.callSid);
        events.awaitEnd(refused.callId);
        assertThat(events.of(refused.callId, CallFact.VoicemailLeft.class))
                .containsExactly(new CallFact.VoicemailLeft("RE000000000000000000000000000000b1", 7000));
        assertThat(provider.post(path(record.redirect()), fields(refused.callSid, caller))
                        .verbs())
                .endsWith("Hangup");
    }

    @Test
    void whoLosesTheModelGetsAPersonAndIfNobodyAnswersACallback_FO2() {
        // Given
        var caller = newCaller();
        var call = call(caller);
        loseModel(call);

        // When
        var person = provider.post(path(call.answer.redirect()), with(call, caller, "CallStatus", "in-progress"));
        var dial = (org.w3c.dom.Element)
                person.twiml().getElementsByTagName("Dial").item(0);
        var nobody =
                provider.post(path(dial.getAttribute("action")), with(call, caller, "DialCallStatus", "no-answer"));
        var booked = provider.post(path(nobody.gather()), with(call, caller, "Digits", "1"));
        provider.hangUp(call.callSid);

        // Then
        assertThat(person.verbs()).containsExactly("Say", "Dial", "Redirect");
        assertThat(dial.getTextContent()).isEqualTo("+15005550007");
        assertThat(nobody.body()).contains("no hay nadie libre");
        assertThat(booked.verbs()).containsExactly("Say", "Hangup");
        var end = events.awaitEnd(call.callId);
        assertThat(List.of(end.outcome(), end.reason()))
                .isEqualTo(List.of(Outcome.DROPPED, EndReason.MODEL_UNAVAILABLE));
        assertThat(events.of(call.callId, CallFact.SentToPeople.class))
                .containsExactly(new CallFact.SentToPeople("no-answer", 0));
        assertThat(events.of(call.callId, CallFact.CallbackBooked.class))
                .containsExactly(new CallFact.CallbackBooked(CallbackCause.MODEL_UNAVAILABLE));
        assertThat(events.of(call.callId, CallFact.Ended.class)).hasSize(1);
    }

    @Test
    void whoTalksWithAPersonWasTransferredHoweverTheCallEnds() {
        // Given: one whose leg ends first, one who hangs up while he talks
        var caller = newCaller();
        var other = newCaller();
        var first = call(caller);
        var second = call(other);
        loseModel(first);
        loseModel(second);
        var person = provider.post(path(first.answer.redirect()), with(first, caller, "CallStatus", "in-progress"));
        provider.post(path(second.answer.redirect()), with(second, other, "CallStatus", "in-progress"));

        // When
        var dial = (org.w3c.dom.Element)
                person.twiml().getElementsByTagName("Dial").item(0);
        var done = with(first, caller, "DialCallStatus", "completed");
        done.putAll(Map.of("DialBridged", "true", "DialCallDuration", "33"));
        var after = provider.post(path(dial.getAttribute("action")), done);
        provider.post(
                "/webhook/twilio/person-status/" + second.callId, with(second, other, "CallStatus", "in-progress"));
        Awaitility.await()
                .until(() ->
                        "with-people".equals(redis.hash(String.class).hget(LiveKeys.call(second.callId), "phase")));
        provider.hangUp(second.callSid);

        // Then
        assertThat(after.verbs()).containsExactly("Hangup");
        for (var callId : List.of(first.callId, second.callId)) {
            var end = events.awaitEnd(callId);
            assertThat(List.of(end.outcome(), end.reason()))
                    .isEqualTo(List.of(Outcome.COMPLETED, EndReason.TRANSFERRED));
        }
        assertThat(events.of(first.callId, CallFact.SentToPeople.class))
                .containsExactly(new CallFact.SentToPeople("answered", 33_000));
    }

    @Test
    void anotherGatewaysLadderIsClimbedOn() {
        // Given: a call that only Redis knows
        var caller = newCaller();
        var live = ForeignCalls.write(redis, caller, 1, "bridge-of-another", EndReason.MODEL_UNAVAILABLE);

        // When: nobody answered there, and it asks here
        var answer = provider.post(
                "/webhook/twilio/ladder/" + live.callId() + "/model-unavailable/1/next",
                fields(live.callSid(), caller));
        provider.hangUp(live.callSid());

        // Then
        assertThat(answer.verbs()).containsExactly("Gather", "Redirect");
        assertThat(events.awaitEnd(live.callId()).reason()).isEqualTo(EndReason.MODEL_UNAVAILABLE);
    }

    private record Call(String callSid, UUID callId, Provider.Answer answer) {
        String gather() {
            return answer.gather();
        }
    }

    /** A call that talks. */
    private Call call(String caller) {
        var callSid = Provider.newCallSid();
        var answer = provider.post("/webhook/twilio", fields(callSid, caller));
        assertThat(answer.verbs()).contains("Connect");
        provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, answer.callId());
        return new Call(callSid, answer.callId(), answer);
    }

    private Call refusedCall(String caller) {
        var callSid = Provider.newCallSid();
        var answer = provider.post("/webhook/twilio", fields(callSid, caller));
        return new Call(callSid, events.awaitCall(callSid), answer);
    }

    private void loseModel(Call call) {
        var session = bridge.await(RecordKind.ATTACH, call.callId).session();
        bridge.send(session, 0, RecordKind.HANG_UP, new LinkControl.HangUp(EndReason.MODEL_UNAVAILABLE, false));
        Awaitility.await()
                .until(() ->
                        !events.of(call.callId, CallFact.MediaStreamEnded.class).isEmpty());
    }

    /** No room, as soon as the gateway has seen it. */
    private void fill() {
        bridge.load(100);
        Awaitility.await().until(() -> {
            var callSid = Provider.newCallSid();
            var answer = provider.post("/webhook/twilio", fields(callSid, newCaller()));
            provider.hangUp(callSid);
            return answer.verbs().contains("Gather");
        });
    }

    private static Map<String, String> with(Call call, String caller, String name, String value) {
        var fields = fields(call.callSid, caller);
        fields.put(name, value);
        return fields;
    }
}
