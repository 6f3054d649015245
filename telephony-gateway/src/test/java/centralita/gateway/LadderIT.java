package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.CallbackCause;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.PhoneNumber;
import centralita.contracts.request.RequestFact;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.livestate.LiveCall;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F-R5, F-O2, F-P3, TH-11: what callers get when no assistant serves them, and how their calls end, once. */
@QuarkusTest
@TestProfile(LadderIT.WithPeople.class)
class LadderIT {
    public static class WithPeople implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gateway.ladder.human-line", "+15005550007",
                    "gateway.ladder.no-room", "callback,voicemail",
                    "gateway.admission.caller-calls", "2");
        }
    }

    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    private Provider provider;
    private ScriptedBridge bridge;

    @BeforeEach
    void begin() {
        provider = new Provider(ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
        redis.value(String.class).set(LiveKeys.number("*"), Assistants.SPANISH.assistantId());
        redis.value(String.class)
                .set(LiveKeys.assistant(Assistants.SPANISH.assistantId()), ContractsJson.write(Assistants.SPANISH));
        bridge = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis);
        bridge.awaitLink();
    }

    @AfterEach
    void end() {
        bridge.close();
        provider.close();
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
        completed(refused.callSid, caller);
        var end = events.awaitEnd(refused.callId);
        assertThat(end).isEqualTo(new CallFact.Ended(Outcome.REJECTED, EndReason.NO_ROOM, 0));
        assertThat(events.of(refused.callId).stream().map(Object::getClass).map(Class::getSimpleName))
                .containsExactly("Received", "Refused", "CallbackBooked", "Ended");
        assertThat(events.of(refused.callId, CallFact.Refused.class))
                .containsExactly(new CallFact.Refused("no-bridge", "callback"));

        // And: the running call was left alone
        assertThat(events.of(running.callId, CallFact.MediaStreamEnded.class)).isEmpty();
        completed(running.callSid, Provider.CALLER);
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
        completed(refused.callSid, caller);
        events.awaitEnd(refused.callId);
        assertThat(events.requests(refused.callId)).hasSize(1);
        assertThat(events.of(refused.callId, CallFact.Ended.class)).hasSize(1);
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
        completed(refused.callSid, caller);
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
        var booked = provider.post(path(gather(nobody)), with(call, caller, "Digits", "1"));
        completed(call.callSid, caller);

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
        completed(second.callSid, other);

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
        var live = foreign(caller, EndReason.MODEL_UNAVAILABLE);

        // When: nobody answered there, and it asks here
        var answer = provider.post(
                "/webhook/twilio/ladder/" + live.callId() + "/model-unavailable/1/next",
                fields(live.callSid(), caller));
        completed(live.callSid(), caller);

        // Then
        assertThat(answer.verbs()).containsExactly("Gather", "Redirect");
        assertThat(events.awaitEnd(live.callId()).reason()).isEqualTo(EndReason.MODEL_UNAVAILABLE);
    }

    @Test
    void aCallThatTheProviderEndedBecauseItsGatewayDiedIsDroppedAndCalledBack_FP3() {
        // Given: the gateway that had its stream has given no sign of life
        var caller = newCaller();
        var live = foreign(caller, null);
        redis.hash(String.class)
                .hset(LiveKeys.call(live.callId()), "gateway", UUID.randomUUID().toString());

        // When
        completed(live.callSid(), caller);

        // Then
        var end = events.awaitEnd(live.callId());
        assertThat(List.of(end.outcome(), end.reason()))
                .isEqualTo(List.of(Outcome.DROPPED, EndReason.DROPPED_BY_PLATFORM));
        Awaitility.await().until(() -> !events.requests(live.callId()).isEmpty());
        assertThat(((RequestFact.Callback) events.requests(live.callId()).getFirst()).cause())
                .isEqualTo(CallbackCause.DROPPED_BY_PLATFORM);
    }

    @Test
    void aCallWhoseGatewayLivesWasEndedByItsCaller() {
        // Given
        var caller = newCaller();
        var live = foreign(caller, null);
        var holder = UUID.randomUUID().toString();
        redis.hash(String.class).hset(LiveKeys.call(live.callId()), "gateway", holder);
        redis.value(String.class).set(LiveKeys.gateway(holder), "1");

        // When
        completed(live.callSid(), caller);

        // Then
        assertThat(events.awaitEnd(live.callId()).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(events.requests(live.callId())).isEmpty();
    }

    @Test
    void aThirdCallOfOneCallerIsToldSoUntilOneOfTheOthersEnds_TH11() {
        // Given
        var caller = newCaller();
        var first = call(caller);
        call(caller);

        // When
        var third = provider.post("/webhook/twilio", fields(Provider.newCallSid(), caller));
        completed(first.callSid, caller);
        events.awaitEnd(first.callId);

        // Then
        assertThat(third.status()).isEqualTo(200);
        assertThat(third.verbs()).containsExactly("Say", "Hangup");
        assertThat(third.body()).contains("llame de nuevo más tarde");
        Awaitility.await()
                .until(() -> provider.post("/webhook/twilio", fields(Provider.newCallSid(), caller))
                        .verbs()
                        .contains("Connect"));
    }

    @Test
    void theModelsBudgetAdmitsSoManyCalls() {
        // Given: tokens for one call
        var key = LiveKeys.modelBudget("openai", "gpt-realtime-2.1");
        redis.hash(String.class).hset(key, Map.of("limit", "5600", "level", "5600", "at", "0"));
        try {
            var first = Awaitility.await()
                    .until(
                            () -> provider.post("/webhook/twilio", fields(Provider.newCallSid(), newCaller())),
                            answer -> answer.verbs().contains("Gather"));

            // When, then
            assertThat(first.body()).contains("ocupadas");
        } finally {
            redis.key().del(key);
        }
        Awaitility.await()
                .until(() -> provider.post("/webhook/twilio", fields(Provider.newCallSid(), newCaller()))
                        .verbs()
                        .contains("Connect"));
    }

    private record Call(String callSid, UUID callId, Provider.Answer answer) {
        String gather() {
            return LadderIT.gather(answer);
        }
    }

    private static String gather(Provider.Answer answer) {
        return ((org.w3c.dom.Element)
                        answer.twiml().getElementsByTagName("Gather").item(0))
                .getAttribute("action");
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
            completed(callSid, Provider.CALLER);
            return answer.verbs().contains("Gather");
        });
    }

    private LiveCall foreign(String caller, EndReason reason) {
        var callId = UuidV7.next();
        var live = new LiveCall(
                callId,
                Provider.newCallSid(),
                Provider.ACCOUNT,
                Direction.INBOUND,
                Assistants.SPANISH.assistantId(),
                3,
                caller,
                Provider.NUMBER,
                "{}",
                "bridge-of-another",
                7,
                reason == null ? "talking" : "ending",
                1,
                reason,
                System.currentTimeMillis() - 60_000,
                null);
        redis.hash(String.class).hset(LiveKeys.call(callId), live.toFields());
        redis.value(String.class).set(LiveKeys.callSid(live.callSid()), callId.toString());
        return live;
    }

    private void completed(String callSid, String caller) {
        var fields = fields(callSid, caller);
        fields.put("CallStatus", "completed");
        provider.post("/webhook/twilio/status", fields);
    }

    private static Map<String, String> fields(String callSid, String caller) {
        var fields = Provider.fields(callSid);
        fields.put("From", caller);
        return fields;
    }

    private static Map<String, String> with(Call call, String caller, String name, String value) {
        var fields = fields(call.callSid, caller);
        fields.put(name, value);
        return fields;
    }

    private static String newCaller() {
        var sid = Provider.newCallSid();
        return "+346" + sid.substring(sid.length() - 8);
    }

    private static String path(String url) {
        return url.substring(Provider.PUBLIC.length());
    }
}
