package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.NumberMask;
import centralita.contracts.transcript.TranscriptFact;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RecordedEvents;
import centralita.gateway.testing.ScriptedBridge;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls from webhook to end: a real Redis, a real HTTP server, a scripted bridge and provider on real sockets. */
@QuarkusTest
class CallIT {
    @Inject
    RedisDataSource redis;

    @Inject
    RecordedEvents events;

    private final List<String> calls = new ArrayList<>();
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
        calls.forEach(callSid -> {
            var completed = Provider.fields(callSid);
            completed.put("CallStatus", "completed");
            provider.post("/webhook/twilio/status", completed);
        });
        bridge.close();
        provider.close();
    }

    @Test
    void aCallIsAnsweredHeardInterruptedAndEndedOnPurpose() {
        // Given
        var callSid = newCall();
        var fields = Provider.fields(callSid);
        fields.put("SipHeader_X-Tenant", "acme");
        fields.put("SipHeader_X-Secret", "not allowed");

        // When: the call comes in
        var answer = provider.post("/webhook/twilio", fields);

        // Then: it is connected, with the disclosure before and the redirect behind
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.verbs()).containsExactly("Say", "Connect", "Redirect");
        var callId = answer.callId();
        var prepare = bridge.await(RecordKind.PREPARE, callId).as(LinkControl.Prepare.class);
        assertThat(prepare)
                .isEqualTo(new LinkControl.Prepare(
                        callId,
                        1,
                        Direction.INBOUND,
                        Assistants.SPANISH,
                        new NumberMask("a-number-hash-key-of-the-tests").mask(Provider.CALLER),
                        Map.of("X-Tenant", "acme"),
                        false,
                        false,
                        prepare.traceparent()));
        assertThat(prepare.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");

        // When: the stream opens and the caller speaks
        var stream = provider.open(answer.streamUrl()).keepMarks().start(callSid);
        var attach = bridge.await(RecordKind.ATTACH, callId);
        assertThat(attach.as(LinkControl.Attach.class))
                .isEqualTo(new LinkControl.Attach(callId, 1, stream.streamSid, 1));
        var session = attach.session();
        stream.media(audio(160, 7));
        stream.media(audio(160, 9));
        stream.dtmf("5");

        // Then
        var heard = bridge.await(RecordKind.CALLER_AUDIO, session, 2);
        assertThat(heard.getFirst().stamp()).isEqualTo(20);
        assertThat(heard.getFirst().body()).isEqualTo(audio(160, 7));
        assertThat(heard.get(1).stamp()).isEqualTo(40);
        assertThat(bridge.await(RecordKind.DTMF, session, 1)
                        .getFirst()
                        .as(LinkControl.Dtmf.class)
                        .digit())
                .isEqualTo("5");

        // When: the assistant speaks half a second
        bridge.send(session, 1, RecordKind.PLAY, audio(4000, 3));
        bridge.send(session, 1, RecordKind.ITEM_END, new byte[0]);
        stream.awaitBytes(4000);
        stream.await("mark", 3);

        // Then: marks come back and say what was heard
        assertThat(stream.heard()).isEqualTo(audio(4000, 3));
        var marks = stream.of("mark").stream()
                .map(it -> it.getJsonObject("mark").getString("name"))
                .toList();
        stream.mark(marks.getFirst());
        assertThat(heardOf(bridge.await(RecordKind.HEARD, session, 1).getFirst()))
                .isEqualTo(List.of(1, 200, 0));
        stream.mark(marks.get(1));
        stream.mark(marks.get(2));
        assertThat(heardOf(bridge.await(RecordKind.HEARD, session, 3).getLast()))
                .isEqualTo(List.of(1, 500, 1));

        // When: the caller interrupts two seconds of another item
        bridge.send(session, 2, RecordKind.PLAY, audio(16000, 4));
        stream.awaitBytes(20000);
        bridge.send(session, 1, RecordKind.CLEAR, new byte[0]);

        // Then
        stream.await("clear", 1);
        var cleared = bridge.await(RecordKind.CLEARED, session, 1).getFirst().as(LinkControl.Cleared.class);
        assertThat(cleared.order()).isEqualTo(1);
        assertThat(cleared.items()).hasSize(1);
        assertThat(cleared.items().getFirst().item()).isEqualTo(2);
        assertThat(cleared.items().getFirst().heardMs()).isBetween(0L, 2000L);

        // When: marks of the cleared audio come back, and the assistant says goodbye
        stream.of("mark").forEach(it -> stream.mark(it.getJsonObject("mark").getString("name")));
        bridge.send(session, 3, RecordKind.PLAY, audio(1600, 5));
        bridge.send(session, 3, RecordKind.ITEM_END, new byte[0]);
        bridge.send(session, 0, RecordKind.HANG_UP, new LinkControl.HangUp(EndReason.ASSISTANT_HUNG_UP, true));
        stream.awaitBytes(21600);

        // Then: the stream is closed when it was heard, and Twilio is told to hang up
        assertThat(stream.awaitClose()).isEqualTo(1000);
        var measured = bridge.await(RecordKind.DETACHED, session, 1)
                .getFirst()
                .as(LinkControl.Detached.class)
                .quality();
        assertThat(measured.framesIn()).isEqualTo(2);
        assertThat(measured.holes()).isZero();
        assertThat(measured.playedMs()).isBetween(500L, 2_700L);
        assertThat(measured.wayMs()).isNotNull();
        var after = provider.post(path(answer.redirect()), inProgress(callSid));
        assertThat(after.verbs()).containsExactly("Hangup");
        assertThat(events.awaitEnd(callId).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(events.of(callId).stream().map(Object::getClass).map(Class::getSimpleName))
                .containsExactly("Received", "Answered", "MediaStreamStarted", "MediaStreamEnded", "Ended");
        assertThat(events.of(callId, CallFact.Ended.class).getFirst().reason()).isEqualTo(EndReason.ASSISTANT_HUNG_UP);
        assertThat(events.transcripts(callId).getFirst().data())
                .isEqualTo(new TranscriptFact.Context(Provider.CALLER, Provider.NUMBER, Map.of("X-Tenant", "acme")));
    }

    @Test
    void aRepeatedWebhookIsTheSameCallAndChangesNothing() {
        // Given: TH-2
        var callSid = newCall();
        var first = provider.post("/webhook/twilio", Provider.fields(callSid));
        bridge.await(RecordKind.PREPARE, first.callId());
        var before = events.of(first.callId());

        // When
        var second = provider.post("/webhook/twilio", Provider.fields(callSid));

        // Then
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.verbs()).isEqualTo(first.verbs());
        assertThat(events.of(first.callId())).isEqualTo(before);
    }

    @Test
    void aLostStreamIsTakenUpAgainAndASecondOneIsLetInOnlyWhenTheFirstDoesNotLive() {
        // Given: TH-4
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var callId = answer.callId();
        var first = provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, callId);

        // When: it closes with 1011 and nobody meant it (F-P7)
        first.socket.close((short) 1011);
        bridge.await(
                RecordKind.DETACHED, bridge.await(RecordKind.ATTACH, callId).session(), 1);
        var again = provider.post(path(answer.redirect()), inProgress(callSid));

        // Then
        assertThat(again.verbs()).containsExactly("Connect", "Redirect");
        assertThat(again.callId()).isEqualTo(callId);
        var second = provider.open(again.streamUrl()).start(callSid);
        Awaitility.await().until(() -> bridge.of(RecordKind.ATTACH, callId).size() == 2);
        assertThat(bridge.of(RecordKind.ATTACH, callId).getLast().as(LinkControl.Attach.class))
                .isEqualTo(new LinkControl.Attach(callId, 1, second.streamSid, 2));

        // When: a third comes while the second lives
        second.media(audio(160, 1));
        var intruder = provider.open(provider.post("/webhook/twilio", Provider.fields(callSid))
                        .streamUrl())
                .start(callSid);

        // Then: it is refused
        assertThat(intruder.awaitClose()).isEqualTo(1008);
        assertThat(bridge.of(RecordKind.ATTACH, callId)).hasSize(2);

        // When: no frames come from the second any more, though its socket is open
        var third = Awaitility.await()
                .until(
                        () -> {
                            var next = provider.open(provider.post("/webhook/twilio", Provider.fields(callSid))
                                            .streamUrl())
                                    .start(callSid);
                            Awaitility.await()
                                    .until(() -> next.closed()
                                            || bridge.of(RecordKind.ATTACH, callId)
                                                            .size()
                                                    == 3);
                            return next;
                        },
                        next -> !next.closed());

        // Then: it is a re-attach
        assertThat(second.awaitClose()).isEqualTo(1000);
        Awaitility.await().until(() -> bridge.of(RecordKind.ATTACH, callId).size() == 3);
        third.stop(callSid);
        third.stop(callSid);
        assertThat(events.awaitEnd(callId).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        third.socket.close();
        assertThat(events.of(callId, CallFact.MediaStreamStarted.class)).hasSize(3);
        assertThat(events.of(callId, CallFact.MediaStreamEnded.class).stream().map(CallFact.MediaStreamEnded::reason))
                .containsExactly("lost", "lost", "stopped");
        assertThat(events.of(callId, CallFact.Ended.class)).hasSize(1);
    }

    @Test
    void aStreamThatNeverComesBackEndsTheCallAsDropped() {
        // Given
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var stream = provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, answer.callId());

        // When
        stream.socket.close();

        // Then
        var end = events.awaitEnd(answer.callId());
        assertThat(List.of(end.outcome(), end.reason())).isEqualTo(List.of(Outcome.DROPPED, EndReason.STREAM_LOST));
    }

    @Test
    void theStatusOfACallEndsItOnceHoweverOftenAndInWhateverOrderItIsTold() {
        // Given: F-W1, F-W2: no stop came
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var callId = answer.callId();
        var completed = Provider.fields(callSid);
        completed.putAll(Map.of("CallStatus", "completed", "CallDuration", "12", "SequenceNumber", "2"));
        var ringing = Provider.fields(callSid);
        ringing.putAll(Map.of("CallStatus", "ringing", "SequenceNumber", "0"));

        // When
        for (var body : List.of(completed, ringing, completed, completed)) {
            assertThat(provider.post("/webhook/twilio/status", body).status()).isEqualTo(204);
            assertThat(provider.post("/webhook/twilio/status/" + callId, body).status())
                    .isEqualTo(204);
        }

        // Then
        var end = events.awaitEnd(callId);
        assertThat(List.of(end.outcome(), end.reason()))
                .isEqualTo(List.of(Outcome.COMPLETED, EndReason.CALLER_HUNG_UP));
        assertThat(provider.post("/webhook/twilio", Provider.fields(callSid)).verbs())
                .containsExactly("Hangup");
        assertThat(events.of(callId)).hasSize(3);
    }

    @Test
    void anotherBridgeTakesOverWithAHigherEpochAndHearsWhatWasSaidMeanwhile() {
        // Given: F-P1
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var callId = answer.callId();
        var stream = provider.open(answer.streamUrl()).start(callSid);
        var session = bridge.await(RecordKind.ATTACH, callId).session();
        bridge.send(session, 1, RecordKind.PLAY, audio(800, 7));
        stream.awaitBytes(800);
        stream.media(audio(160, 1));
        bridge.await(RecordKind.CALLER_AUDIO, session, 1);

        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            bridge.close();
            stream.media(audio(160, 2));

            // Then
            var prepare = other.await(RecordKind.PREPARE, callId).as(LinkControl.Prepare.class);
            assertThat(prepare.resume()).isTrue();
            assertThat(prepare.epoch()).isGreaterThan(1);
            var attach = other.await(RecordKind.ATTACH, callId);
            assertThat(attach.as(LinkControl.Attach.class).epoch()).isEqualTo(prepare.epoch());
            var replayed = other.await(RecordKind.CALLER_AUDIO, attach.session(), 2);
            assertThat(replayed.get(0).body()).isEqualTo(audio(160, 1));
            assertThat(replayed.get(1).body()).isEqualTo(audio(160, 2));
            assertThat(redis.hash(String.class).hget(LiveKeys.call(callId), "epoch"))
                    .isEqualTo(Long.toString(prepare.epoch()));
            stream.stop(callSid);
            events.awaitEnd(callId);
        }
    }

    @Test
    void aBridgeThatDiesBeforeItsFirstSoundLeavesTheGreetingToTheNext() {
        // Given: it is ready, and the caller has heard nothing
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var callId = answer.callId();
        var stream = provider.open(answer.streamUrl()).start(callSid);
        bridge.await(RecordKind.ATTACH, callId);

        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            bridge.close();

            // Then
            assertThat(other.await(RecordKind.PREPARE, callId)
                            .as(LinkControl.Prepare.class)
                            .resume())
                    .isFalse();
            stream.stop(callSid);
            events.awaitEnd(callId);
        }
    }

    @Test
    void aFrozenBridgeIsTakenForDeadAndNobodyListensToItWhenItIsBack() {
        // Given: F-P2
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        var stream = provider.open(answer.streamUrl()).start(callSid);
        var session = bridge.await(RecordKind.ATTACH, answer.callId()).session();

        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            bridge.freeze();

            // Then
            var attach = other.await(RecordKind.ATTACH, answer.callId());

            // When: the zombie speaks, and wants to end the call
            bridge.sendLate(session, 1, RecordKind.PLAY, audio(1600, 9));
            bridge.sendLate(
                    session,
                    0,
                    RecordKind.HANG_UP,
                    "{\"reason\":\"ENDED_BY_REQUEST\",\"afterPlayout\":false}".getBytes());
            bridge.thaw();
            other.send(attach.session(), 1, RecordKind.PLAY, audio(800, 3));

            // Then: the caller hears the new one only
            stream.awaitBytes(800);
            other.send(attach.session(), 2, RecordKind.PLAY, audio(800, 4));
            stream.awaitBytes(1600);
            assertThat(stream.heard()).doesNotContain(9);
            assertThat(stream.closed()).isFalse();
            stream.stop(callSid);
            events.awaitEnd(answer.callId());
        }
    }

    @Test
    void aBridgeThatRefusesLosesTheCallToAnother() {
        // Given
        bridge.refuseAll("full");
        try (var other = ScriptedBridge.start("other-" + UUID.randomUUID(), redis)) {
            other.awaitLink();
            other.load(90);

            // When: the first has less load, so sooner or later it is asked first
            var calls = java.util.stream.IntStream.range(0, 5)
                    .mapToObj(_ -> provider.post("/webhook/twilio", Provider.fields(newCall()))
                            .callId())
                    .toList();

            // Then
            calls.forEach(callId -> other.await(RecordKind.PREPARE, callId));
        }
    }

    @Test
    void withoutABridgeTheCallerIsToldSo() {
        // Given
        bridge.drain();

        // When
        var answer = Awaitility.await()
                .until(
                        () -> provider.post("/webhook/twilio", Provider.fields(newCall())),
                        it -> it.verbs().size() == 2);

        // Then
        assertThat(answer.verbs()).containsExactly("Gather", "Redirect");
        assertThat(answer.body()).contains("ocupadas", "pulse uno");
    }

    private String newCall() {
        var callSid = Provider.newCallSid();
        calls.add(callSid);
        return callSid;
    }

    static byte[] audio(int length, int value) {
        var audio = new byte[length];
        Arrays.fill(audio, (byte) value);
        return audio;
    }

    static Map<String, String> inProgress(String callSid) {
        var fields = Provider.fields(callSid);
        fields.put("CallStatus", "in-progress");
        return fields;
    }

    static String path(String url) {
        return url.substring(Provider.PUBLIC.length());
    }

    private static List<Integer> heardOf(ScriptedBridge.Received record) {
        var body = ByteBuffer.wrap(record.body());
        return List.of(record.stamp(), body.getInt(), (int) body.get());
    }
}
