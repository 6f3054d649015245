package centralita.bridge.session;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.edge.trace.PropagatedTrace;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins the spans of conversations under the traces of their calls. Nothing that was said is in them. */
@Singleton
class ConversationTraces {
    private static final AttributeKey<String> CALL = AttributeKey.stringKey("centralita.call.id");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("centralita.end.reason");
    private static final AttributeKey<Long> TURN = AttributeKey.longKey("centralita.turn");
    private static final AttributeKey<String> TRIGGER = AttributeKey.stringKey("centralita.turn.trigger");
    private static final AttributeKey<Long> FIRST_AUDIO = AttributeKey.longKey("centralita.turn.first_audio_ms");
    private static final AttributeKey<Boolean> INTERRUPTED = AttributeKey.booleanKey("centralita.turn.interrupted");
    private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("centralita.tool.outcome");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");

    private final Tracer tracer;
    private final Clock clock;

    ConversationTraces(OpenTelemetry telemetry, Clock clock) {
        this.tracer = telemetry.getTracer("centralita.bridge");
        this.clock = clock;
    }

    CallTrace begin(UUID callId, @Nullable String traceparent) {
        var whole = tracer.spanBuilder("conversation")
                .setParent(PropagatedTrace.context(traceparent))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(CALL, callId.toString())
                .startSpan();
        return new SpanTrace(whole);
    }

    private final class SpanTrace implements CallTrace {
        private final Span whole;

        SpanTrace(Span whole) {
            this.whole = whole;
        }

        @Override
        public void on(CallFact fact) {
            switch (fact) {
                case CallFact.ConversationStarted started -> {
                    whole.setAttribute(SYSTEM, started.provider());
                    whole.setAttribute(MODEL, started.model());
                }
                case CallFact.Turn turn -> {
                    var first = turn.firstAudioMs();
                    var span = child("turn", turn.heardMs() + (first == null ? 0 : first));
                    span.setAttribute(TURN, turn.turn());
                    span.setAttribute(TRIGGER, turn.trigger());
                    span.setAttribute(INTERRUPTED, turn.interrupted());
                    if (first != null) {
                        span.setAttribute(FIRST_AUDIO, first);
                    }
                    span.end();
                }
                case CallFact.ToolCalled tool -> {
                    var span = child("execute_tool " + tool.tool(), tool.durationMs());
                    span.setAttribute(TOOL, tool.tool());
                    span.setAttribute(OUTCOME, tool.outcome());
                    span.end();
                }
                default -> {}
            }
        }

        /** It is known only when it is over. */
        private Span child(String name, long tookMs) {
            return tracer.spanBuilder(name)
                    .setParent(Context.root().with(whole))
                    .setSpanKind(SpanKind.INTERNAL)
                    .setStartTimestamp(clock.instant().minus(Duration.ofMillis(Math.max(0, tookMs))))
                    .startSpan();
        }

        @Override
        public void end(EndReason reason) {
            whole.setAttribute(REASON, reason.name());
            whole.end();
        }
    }
}
