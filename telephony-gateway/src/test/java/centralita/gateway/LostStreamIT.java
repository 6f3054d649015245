package centralita.gateway;

import static centralita.gateway.testing.Provider.inProgress;
import static centralita.gateway.testing.Provider.path;
import static centralita.gateway.testing.Sounds.audio;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** F-P7, TH-4: a stream that is lost comes back once, or the call is over. */
@QuarkusTest
class LostStreamIT extends RunningGateway {
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
        var intruder = provider.open(
                provider.post("/webhook/twilio", Provider.fields(callSid)).streamUrl());
        second.media(audio(160, 1));
        intruder.start(callSid);

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
}
