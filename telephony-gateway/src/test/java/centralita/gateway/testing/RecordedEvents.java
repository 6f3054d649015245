package centralita.gateway.testing;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.request.RequestFact;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.gateway.call.CallEventPublisher;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Keeps the events that the gateway publishes, in order. */
@Alternative
@Priority(1)
@Singleton
public class RecordedEvents implements CallEventPublisher {
    /** More than a gateway waits for a stream to come back, asks Redis again, and a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final List<RequestEvent> requests = new CopyOnWriteArrayList<>();
    private final List<TranscriptEvent> transcripts = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    @Override
    public void publish(CallEvent event) {
        events.add(event);
    }

    @Override
    public void publish(TranscriptEvent event) {
        transcripts.add(event);
    }

    @Override
    public boolean publish(RequestEvent event) {
        return !full && requests.add(event);
    }

    /** @param isFull whether there is no room for requests */
    public void full(boolean isFull) {
        full = isFull;
    }

    /** What was asked of others for a call. */
    public List<RequestFact> requests(UUID callId) {
        return requests.stream()
                .filter(it -> it.subject().equals(callId))
                .map(RequestEvent::data)
                .toList();
    }

    /** The callId of a provider's call; waited for. */
    public UUID awaitCall(String callSid) {
        return Awaitility.await("a call of that CallSid")
                .atMost(PATIENCE)
                .until(
                        () -> events.stream()
                                .filter(it -> it.data() instanceof CallFact.Received received
                                        && received.callSid().equals(callSid))
                                .map(CallEvent::subject)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    public List<CallFact> of(UUID callId) {
        return events.stream()
                .filter(it -> it.subject().equals(callId))
                .map(CallEvent::data)
                .toList();
    }

    public <T extends CallFact> List<T> of(UUID callId, Class<T> type) {
        return of(callId).stream().filter(type::isInstance).map(type::cast).toList();
    }

    public CallFact.Ended awaitEnd(UUID callId) {
        return Awaitility.await("the end of the call")
                .atMost(PATIENCE)
                .until(() -> of(callId, CallFact.Ended.class), found -> !found.isEmpty())
                .getFirst();
    }

    public List<TranscriptEvent> transcripts(UUID callId) {
        return transcripts.stream().filter(it -> it.subject().equals(callId)).toList();
    }

    public int count() {
        return events.size() + transcripts.size();
    }
}
