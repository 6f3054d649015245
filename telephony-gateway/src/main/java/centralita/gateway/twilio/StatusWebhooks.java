package centralita.gateway.twilio;

import centralita.contracts.call.CallFact;
import centralita.gateway.call.CallFacts;
import centralita.gateway.call.CallTrace;
import centralita.gateway.call.CallTraces;
import centralita.gateway.call.Calls;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.LiveKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What Twilio tells without waiting for an answer: how a call and its streams stand. Told twice, late or in any order
 * (TH-2, F-W1); each is applied once. Answered with 204 at once.
 */
@Singleton
class StatusWebhooks {
    private static final Logger LOG = Logger.getLogger(StatusWebhooks.class);
    private static final String STATUS = "/webhook/twilio/status";
    private static final String STATUS_OF_CALL = "/webhook/twilio/status/:callId";
    private static final int REMEMBERED = 10_000;

    private final SignedRoutes signed;
    private final Calls calls;
    private final CallFacts facts;
    private final LiveStore store;
    private final CallTraces traces;
    private final CallbackSpans spans;
    private final MeterRegistry meters;
    /** Callbacks that were applied, for the time that Redis is away. */
    private final Map<String, Boolean> applied = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    StatusWebhooks(
            SignedRoutes signed,
            Calls calls,
            CallFacts facts,
            LiveStore store,
            CallTraces traces,
            CallbackSpans spans,
            MeterRegistry meters) {
        this.signed = signed;
        this.calls = calls;
        this.facts = facts;
        this.store = store;
        this.traces = traces;
        this.spans = spans;
        this.meters = meters;
    }

    void routes(@Observes Router router) {
        signed.on(router, STATUS, (routing, fields) -> status(routing, fields, STATUS, Optional.empty()));
        signed.on(
                router,
                STATUS_OF_CALL,
                (routing, fields) -> status(routing, fields, STATUS_OF_CALL, VoiceWebhooks.callId(routing)));
        signed.on(router, "/webhook/twilio/stream-status", this::streamStatus);
    }

    private void status(RoutingContext routing, Fields fields, String route, Optional<UUID> callId) {
        spans.follow(routing, route, callId, fields.get("CallSid"));
        routing.response().setStatusCode(204).end();
        var callSid = fields.get("CallSid");
        var status = CallStatus.of(fields.get("CallStatus"));
        if (!Sid.isSafe(callSid) || status.isEmpty()) {
            meters.counter("webhooks.ignored", "reason", "unknown-status").increment();
            return;
        }
        var sequence = fields.get("SequenceNumber");
        var key = LiveKeys.webhook(
                callSid,
                word(fields.get("CallbackSource")),
                sequence.isEmpty() ? status.get().name() : word(sequence));
        first(key).onSuccess(first -> {
            if (first) {
                apply(callSid, status.get(), callId);
            } else {
                meters.counter("webhooks.ignored", "reason", "repeated").increment();
            }
        });
    }

    private Future<Boolean> first(String key) {
        if (applied.putIfAbsent(key, true) != null) {
            return Future.succeededFuture(false);
        }
        return store.claim(key, LiveKeys.WEBHOOK_TTL).otherwise(true);
    }

    private void apply(String callSid, CallStatus status, Optional<UUID> callId) {
        var outcome = status.outcome();
        if (outcome.isPresent()) {
            calls.over(callId, callSid, outcome.get())
                    .onFailure(
                            failure -> LOG.errorf(failure, "The end of a call was not applied. callSid=%s", callSid));
            return;
        }
        // Of an inbound call we told both ourselves; an outbound one is found by the id in the path.
        if (calls.holding(callSid).isEmpty()) {
            callId.ifPresent(id -> {
                switch (status) {
                    case RINGING -> progress(id, callSid, new CallFact.Ringing(callSid));
                    case IN_PROGRESS -> progress(id, callSid, new CallFact.Answered(callSid));
                    case QUEUED, INITIATED, COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED ->
                        meters.counter("webhooks.ignored", "reason", "no-news").increment();
                }
            });
        }
    }

    private void progress(UUID callId, String callSid, CallFact fact) {
        traces.of(Optional.of(callId), callSid)
                .onSuccess(trace ->
                        facts.progress(callId, trace.map(CallTrace::traceparent).orElse(null), fact));
    }

    private void streamStatus(RoutingContext routing, Fields fields) {
        routing.response().setStatusCode(204).end();
        var event = fields.get("StreamEvent");
        meters.counter(
                        "media.stream.callbacks",
                        "event",
                        switch (event) {
                            case "stream-started", "stream-stopped", "stream-error" -> event;
                            default -> "other";
                        })
                .increment();
        if (event.equals("stream-error")) {
            LOG.warnf("The provider reports a stream that failed. streamSid=%s", word(fields.get("StreamSid")));
        }
    }

    private static String word(String text) {
        var clean = text.replaceAll("[^A-Za-z0-9-]", "_");
        return clean.substring(0, Math.min(clean.length(), 40));
    }
}
