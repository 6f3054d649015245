package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.CallbackCause;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.phone.NumberMask;
import centralita.contracts.phone.PhoneNumber;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.request.RequestFact;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.contracts.transcript.TranscriptFact;
import centralita.edge.trace.PropagatedTrace;
import centralita.gateway.MediaLoop;
import centralita.gateway.redis.LiveStore;
import centralita.gateway.session.AudioSession;
import centralita.gateway.session.StreamEnd;
import centralita.livestate.LiveCall;
import centralita.livestate.LiveKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells the others what happens to calls: events, live state, counters. Only a promise waits for it. Event loop only. */
@Singleton
public class CallFacts {
    private static final Logger LOG = Logger.getLogger(CallFacts.class);
    private static final String SERVICE = "telephony-gateway";
    /** What is claimed for telling the end of a call. */
    static final String ENDED = "ended";

    /** Ten seconds in all: as long as the last words take, and some more. */
    private static final int MOST_ENDING_TRIES = 20;

    private static final long ENDING_RETRY_MS = 500;

    private final CallEventPublisher events;
    private final LiveStore store;
    private final LiveStateRepair repair;
    private final NumberMask mask;
    private final MeterRegistry meters;
    private final PropagatedTrace traces;
    private final MediaLoop loop;
    private final Map<AudioSession, Span> spans = new HashMap<>();
    private final Clock clock = Clock.systemUTC();

    CallFacts(
            CallEventPublisher events,
            LiveStore store,
            LiveStateRepair repair,
            NumberMask mask,
            MeterRegistry meters,
            PropagatedTrace traces,
            MediaLoop loop) {
        this.events = events;
        this.store = store;
        this.repair = repair;
        this.mask = mask;
        this.meters = meters;
        this.traces = traces;
        this.loop = loop;
    }

    private void publish(UUID callId, @Nullable String traceparent, Instant time, CallFact fact) {
        events.publish(CallEvent.of(SERVICE, callId, time, traceparent, fact));
    }

    /** A call was not taken, and why. @param reason one of few words */
    void refused(String reason) {
        meters.counter("calls.refused", "reason", reason).increment();
    }

    void received(HeldCall call) {
        var incoming = call.incoming;
        var at = Instant.ofEpochMilli(call.receivedMs);
        meters.counter(
                        "calls.received",
                        "direction",
                        incoming.direction().name().toLowerCase(Locale.ROOT))
                .increment();
        publish(call.callId, incoming.traceparent(), at, receivedFact(incoming, call.assistant));
        publish(call.callId, incoming.traceparent(), at, new CallFact.Answered(incoming.callSid()));
        events.publish(TranscriptEvent.of(
                SERVICE,
                call.callId,
                at,
                incoming.traceparent(),
                new TranscriptFact.Context(incoming.from(), incoming.to(), incoming.context())));
    }

    private CallFact.Received receivedFact(IncomingCall incoming, AssistantProfile assistant) {
        return new CallFact.Received(
                incoming.direction(),
                incoming.callSid(),
                assistant.assistantId(),
                assistant.version(),
                assistant.language(),
                mask.mask(incoming.from()),
                mask.mask(incoming.to()));
    }

    /** A call that came and could not be taken: told once. An end follows. @param offered as in the fact */
    void refused(LiveCall call, AssistantProfile assistant, String reason, String offered) {
        claim(call.callSid(), "refused").onSuccess(first -> {
            if (first) {
                refused(reason);
                var received = new CallFact.Received(
                        call.direction(),
                        call.callSid(),
                        assistant.assistantId(),
                        assistant.version(),
                        assistant.language(),
                        mask.mask(call.from()),
                        mask.mask(call.to()));
                publish(call.callId(), call.traceparent(), clock.instant(), received);
                publish(call.callId(), call.traceparent(), clock.instant(), new CallFact.Refused(reason, offered));
            }
        });
    }

    /**
     * The caller will be called back. Told once, and asked of who does it.
     *
     * @param language BCP 47
     * @return whether it is booked, now or, as far as can be known, before; never fails
     */
    Future<Boolean> callBack(
            LiveCall call, PhoneNumber number, String assistantId, String language, CallbackCause cause) {
        var key = LiveKeys.webhook(call.callSid(), "gateway", "callback");
        var claimed = store.claim(key, LiveKeys.WEBHOOK_TTL);
        return claimed.otherwise(true).map(first -> {
            if (!first) {
                return true;
            }
            var now = clock.instant();
            var ours = call.direction() == Direction.OUTBOUND ? call.from() : call.to();
            var asked = events.publish(RequestEvent.of(
                    SERVICE,
                    call.callId(),
                    now,
                    call.traceparent(),
                    new RequestFact.Callback(
                            number, PhoneNumber.of(ours).orElse(null), assistantId, language, cause, now)));
            if (!asked) {
                LOG.warnf("A callback cannot be booked: there is no room for events. callId=%s", call.callId());
                if (claimed.succeeded()) {
                    store.release(key);
                }
                return false;
            }
            publish(call.callId(), call.traceparent(), now, new CallFact.CallbackBooked(cause));
            meters.counter("callbacks.booked", "cause", cause.name().toLowerCase(Locale.ROOT))
                    .increment();
            return true;
        });
    }

    /** The provider keeps a message of the caller. Told once for each. */
    public void voicemail(UUID callId, String callSid, @Nullable String traceparent, CallFact.VoicemailLeft message) {
        claim(callSid, "recording-" + message.recordingSid()).onSuccess(first -> {
            if (first) {
                publish(callId, traceparent, clock.instant(), message);
            }
        });
    }

    /** The provider's word on the way of a call, told once. @param traceparent of the call; null when nobody knows it */
    public void progress(UUID callId, @Nullable String traceparent, CallFact fact) {
        publish(callId, traceparent, clock.instant(), fact);
    }

    /** Begins a trace for a call whose own is not known. */
    @Nullable
    String newTrace(UUID callId) {
        var span = traces.start("call taken up", SpanKind.INTERNAL, null, callId);
        span.end();
        return PropagatedTrace.traceparent(span);
    }

    /** Another bridge speaks. @param gapMs for so long nobody served the caller */
    void moved(HeldCall call, HeldCall.Move move, long gapMs) {
        meters.timer("session.recovery.gap", "cause", move.cause().word()).record(gapMs, TimeUnit.MILLISECONDS);
        LOG.infof(
                "A call is served again. callId=%s fromBridge=%s bridgeId=%s cause=%s epoch=%d gapMs=%d",
                call.callId,
                move.fromBridge(),
                call.bridge.bridgeId(),
                move.cause().word(),
                call.epoch,
                gapMs);
        publish(
                call.callId,
                call.incoming.traceparent(),
                clock.instant(),
                new CallFact.Moved(
                        move.fromBridge(), call.bridge.bridgeId(), move.cause().word(), call.epoch, gapMs));
    }

    void streamStarted(HeldCall call, AudioSession session) {
        spans.put(
                session,
                traces.start("media stream", SpanKind.SERVER, call.incoming.traceparent(), call.callId)
                        .setAttribute("centralita.stream.attempt", session.number())
                        .setAttribute("centralita.bridge.id", call.bridge.bridgeId()));
        publish(
                call.callId,
                call.incoming.traceparent(),
                clock.instant(),
                new CallFact.MediaStreamStarted(
                        session.streamSid(), session.number(), call.bridge.bridgeId(), call.epoch));
    }

    void streamEnded(AudioSession session, StreamEnd end, Optional<String> traceparent) {
        var span = spans.remove(session);
        if (span != null) {
            span.setAttribute("centralita.stream.end", end.word()).end();
        }
        meters.counter("media.streams.ended", "reason", end.name().toLowerCase(Locale.ROOT))
                .increment();
        publish(
                session.callId(),
                traceparent.orElse(null),
                clock.instant(),
                new CallFact.MediaStreamEnded(
                        session.streamSid(),
                        end.word(),
                        session.durationMs(),
                        session.framesIn(),
                        session.missingFrames(),
                        session.playedMs()));
    }

    /** Writes fields of the call, unless another gateway or bridge knows better. */
    void remember(HeldCall call, Map<String, String> fields) {
        store.update(call.callId, call.epoch, fields)
                .onSuccess(updated -> {
                    if (updated == LiveStore.Updated.UNKNOWN) {
                        repair.write(call);
                    }
                })
                .onFailure(failure -> {
                    unwritten(call.callId, failure);
                    repair.write(call);
                });
    }

    /** Tried for as long as it may matter: a gateway that does not find it takes the call up again. */
    void ending(HeldCall call, EndReason reason) {
        ending(call, reason, MOST_ENDING_TRIES);
    }

    private void ending(HeldCall call, EndReason reason, int triesLeft) {
        store.end(call.callId, reason)
                .onSuccess(stands -> {
                    if (stands.isEmpty()) {
                        repair.write(call);
                    }
                })
                .onFailure(failure -> {
                    if (triesLeft <= 1) {
                        unwritten(call.callId, failure);
                    } else {
                        loop.after(ENDING_RETRY_MS, () -> ending(call, reason, triesLeft - 1));
                    }
                });
    }

    void ending(UUID callId, EndReason reason) {
        store.end(callId, reason).onFailure(failure -> unwritten(callId, failure));
    }

    /** Writes fields of a call that nobody owns any more. */
    void remember(LiveCall call, Map<String, String> fields) {
        store.update(call.callId(), call.epoch(), fields).onFailure(failure -> unwritten(call.callId(), failure));
    }

    private static void unwritten(UUID callId, Throwable failure) {
        LOG.infof("Live state was not written. callId=%s reason=\"%s\"", callId, failure.getMessage());
    }

    /** The end of a call, told once whatever gateways hear of it; twice at worst while Redis is away. @return whether now */
    Future<Boolean> ended(LiveCall call, Outcome outcome, EndReason reason) {
        var now = clock.instant();
        store.end(call.callId(), reason).onFailure(failure -> unwritten(call.callId(), failure));
        return claim(call.callSid(), ENDED).onSuccess(first -> {
            if (first) {
                repair.endTold(call.callSid());
                meters.counter(
                                "calls.ended",
                                "direction",
                                call.direction().name().toLowerCase(Locale.ROOT),
                                "outcome",
                                outcome.name().toLowerCase(Locale.ROOT),
                                "reason",
                                reason.name().toLowerCase(Locale.ROOT))
                        .increment();
                var talkTimeMs = outcome == Outcome.COMPLETED || outcome == Outcome.DROPPED
                        ? Math.max(0, now.toEpochMilli() - call.receivedMs())
                        : 0;
                publish(call.callId(), call.traceparent(), now, new CallFact.Ended(outcome, reason, talkTimeMs));
            }
        });
    }

    private Future<Boolean> claim(String callSid, String what) {
        return store.claim(LiveKeys.webhook(callSid, "gateway", what), LiveKeys.WEBHOOK_TTL)
                .otherwise(true);
    }
}
