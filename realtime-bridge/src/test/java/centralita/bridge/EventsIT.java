package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.bridge.event.CallEvents;
import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.StreamQuality;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.transcript.TranscriptFact;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the house learns of a call, as a consumer reads it. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class EventsIT extends WholeBridge {
    private static final StreamQuality MEASURED = new StreamQuality(900, 4_000, 1, 60, 83, 2_000, 3, 0, 0, 0, 40L);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    CallEvents events;

    @Test
    void aCallsFactsArriveInOrderWithOneBeginningAndOneEnd() {
        // Given: the model is ready before the caller speaks, so that nothing of his is dropped
        gateway.prepare(Samples.prepare(callId, 1));
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.PREPARED).isEmpty());
        gateway.attach(new LinkControl.Attach(callId, 1, "MZ1", 1));
        awaitGreeted();
        hear("what-time");
        await().atMost(PATIENCE)
                .until(() -> tap.sent(callId, "conversation.item.create").stream()
                        .anyMatch(event -> event.contains("Europe/Madrid")));
        awaitHeard(lengthMs("greeting") + lengthMs("let-me-look") + 500);
        hear("thank-you-goodbye");
        await().atMost(PATIENCE)
                .until(() -> !gateway.records(RecordKind.HANG_UP).isEmpty());

        // When: it ends more than once
        gateway.measured(MEASURED);
        gateway.detach("stopped");
        gateway.detach("stopped");
        await().atMost(PATIENCE).until(() -> calls.active() + calls.reserved() == 0);
        gateway.breakLink();
        events.publish(callId, null, new CallFact.Ringing("after everything else"));

        // Then
        var read = KafkaTopic.callFacts(kafka, callId, CallFact.Ringing.class);
        var ofTheBridge = read.subList(0, read.size() - 1);
        assertThat(ofTheBridge)
                .allMatch(event -> event.source().equals(URI.create("/realtime-bridge"))
                        && event.subject().equals(callId)
                        && Samples.TRACEPARENT.equals(event.traceparent()))
                .doesNotHaveDuplicates();
        assertThat(of(read, CallFact.ConversationStarted.class)).hasSize(1);
        assertThat(ofTheBridge.getFirst().data()).isInstanceOf(CallFact.ConversationStarted.class);
        assertThat(of(read, CallFact.ConversationEnded.class)).hasSize(1);
        assertThat(of(read, CallFact.ToolCalled.class))
                .extracting(CallFact.ToolCalled::tool)
                .containsExactly("get_current_time", "end_call");
        assertThat(of(read, CallFact.ModelUsage.class))
                .isNotEmpty()
                .allMatch(usage -> usage.tokens().audioOut() >= 0);
        assertThat(of(read, CallFact.TranscriptionUsage.class)).hasSizeGreaterThanOrEqualTo(1);
        var turns = of(read, CallFact.Turn.class);
        assertThat(turns).first().extracting(CallFact.Turn::trigger).isEqualTo("greeting");
        var end = (CallFact.ConversationEnded) ofTheBridge.getLast().data();
        assertThat(end)
                .isEqualTo(new CallFact.ConversationEnded(
                        EndReason.ASSISTANT_HUNG_UP,
                        turns.size(),
                        end.bargeIns(),
                        2,
                        end.durationMs(),
                        1,
                        end.quality()));
        assertThat(end.durationMs()).isPositive();
        // What this caller said before the model was ready is dropped in the bridge, and depends on the start.
        var dropped = end.quality().stream().droppedMs();
        assertThat(end.quality().stream()).isEqualTo(MEASURED.dropping(dropped));
        assertThat(end.quality().mos()).isBetween(3.0, 4.4);
        assertThat(end.quality().firstAnswerMs()).isEqualTo(turns.getFirst().firstAudioMs());
    }

    @Test
    void theWordsOfACallGoToTheTranscriptsAndNowhereElse() {
        // Given
        answer();
        awaitGreeted();

        // When
        hear("hello");
        awaitHeard(lengthMs("greeting") + lengthMs("happy-to-help") - 20);
        gateway.detach("stopped");

        // Then
        var said = KafkaTopic.transcripts(
                kafka,
                callId,
                event -> event.data() instanceof TranscriptFact.Said words
                        && words.party().equals("CALLER"));
        assertThat(said)
                .anyMatch(event -> event.data() instanceof TranscriptFact.Said words
                        && words.text().contains("you have reached the Centralita demo line"));
        assertThat(said.getLast().data())
                .isInstanceOfSatisfying(
                        TranscriptFact.Said.class,
                        words -> assertThat(words.text()).isEqualTo("Hello, good morning."));
        assertThat(KafkaTopic.callFacts(kafka, callId, CallFact.ConversationEnded.class))
                .noneMatch(event -> ContractsJson.write(event).contains("good morning"));
    }

    private static <T extends CallFact> List<T> of(List<CallEvent> events, Class<T> kind) {
        return events.stream()
                .map(CallEvent::data)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
