package centralita.gateway;

import static centralita.gateway.testing.Provider.inProgress;
import static centralita.gateway.testing.Provider.path;
import static centralita.gateway.testing.Sounds.audio;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.phone.NumberMask;
import centralita.contracts.transcript.TranscriptFact;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.gateway.testing.ScriptedBridge;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Calls from webhook to end: a real Redis, a real HTTP server, a scripted bridge and provider on real sockets. */
@QuarkusTest
class CallIT extends RunningGateway {
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
                        prepare.lastedMs(),
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

    private static List<Integer> heardOf(ScriptedBridge.Received record) {
        var body = ByteBuffer.wrap(record.body());
        return List.of(record.stamp(), body.getInt(), (int) body.get());
    }
}
