package centralita.orchestrator.kafka;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.orchestrator.call.CallRepository;
import centralita.orchestrator.callback.CallbackRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes events from their topics, one at a time each.
 *
 * <p>The framework opens a span per record under the {@code traceparent} of its header, so this is part of the call's
 * trace.
 */
@ApplicationScoped
class CallEventConsumer {
    private final RecordIntake intake;
    private final CallRepository calls;
    private final CallbackRepository callbacks;

    CallEventConsumer(RecordIntake intake, CallRepository calls, CallbackRepository callbacks) {
        this.intake = intake;
        this.calls = calls;
        this.callbacks = callbacks;
    }

    @Incoming("call-lifecycle")
    Uni<Void> onCallEvent(ConsumerRecord<String, byte[]> record) {
        return intake.take(
                record,
                CallEvent.class,
                CallEvent::subject,
                event -> calls.apply(event)
                        .map(isNew -> isNew && event.data() instanceof CallFact.Unknown
                                ? "unknown"
                                : appliedOrRepeated(isNew)),
                word -> word);
    }

    @Incoming("call-transcripts")
    Uni<Void> onTranscriptEvent(ConsumerRecord<String, byte[]> record) {
        return intake.take(
                record,
                TranscriptEvent.class,
                TranscriptEvent::subject,
                calls::apply,
                CallEventConsumer::appliedOrRepeated);
    }

    @Incoming("call-requests")
    Uni<Void> onRequest(ConsumerRecord<String, byte[]> record) {
        return intake.take(
                record,
                RequestEvent.class,
                RequestEvent::subject,
                callbacks::apply,
                booking -> booking.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String appliedOrRepeated(boolean isNew) {
        return isNew ? "applied" : "repeated";
    }
}
