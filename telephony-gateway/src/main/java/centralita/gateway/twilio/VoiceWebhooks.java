package centralita.gateway.twilio;

import centralita.contracts.call.Direction;
import centralita.contracts.id.UuidV7;
import centralita.edge.trace.PropagatedTrace;
import centralita.gateway.GatewayConfig;
import centralita.gateway.call.Answer;
import centralita.gateway.call.Calls;
import centralita.gateway.call.IncomingCall;
import centralita.gateway.call.Reception;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks that Twilio waits at with a caller on the line. Each is answered with 200 and TwiML, whatever happens:
 * anything else and the caller hears the provider's error message.
 */
@Singleton
class VoiceWebhooks {
    private static final Logger LOG = Logger.getLogger(VoiceWebhooks.class);
    private static final String AFTER_STREAM = "/webhook/twilio/after-stream/:callId";
    private static final int MAX_CONTEXT_CHARACTERS = 500;

    private final SignedRoutes signed;
    private final Reception reception;
    private final Calls calls;
    private final Twiml twiml;
    private final StreamToken tokens;
    private final CallbackSpans spans;
    private final LadderTwiml ladder;
    private final List<String> contextHeaders;
    private final List<String> contextParameters;

    VoiceWebhooks(
            SignedRoutes signed,
            Reception reception,
            Calls calls,
            Twiml twiml,
            StreamToken tokens,
            CallbackSpans spans,
            LadderTwiml ladder,
            GatewayConfig config) {
        this.signed = signed;
        this.reception = reception;
        this.calls = calls;
        this.twiml = twiml;
        this.tokens = tokens;
        this.spans = spans;
        this.ladder = ladder;
        this.contextHeaders = config.contextHeaders().orElse(List.of());
        this.contextParameters = config.contextParameters().orElse(List.of());
    }

    void routes(@Observes Router router) {
        signed.on(router, "/webhook/twilio", this::received);
        signed.on(router, AFTER_STREAM, this::afterStream);
        signed.on(router, "/webhook/twilio/fallback", this::fallback);
    }

    private void received(RoutingContext routing, Fields fields) {
        if (!Sid.isSafe(fields.get("CallSid"))) {
            routing.fail(400);
            return;
        }
        var incoming = incoming(fields);
        answer(routing, incoming, reception.receive(incoming), true);
    }

    private void afterStream(RoutingContext routing, Fields fields) {
        var callId = callId(routing);
        if (callId.isEmpty() || !Sid.isSafe(fields.get("CallSid"))) {
            routing.fail(404);
            return;
        }
        spans.follow(routing, AFTER_STREAM, callId, fields.get("CallSid"));
        var ended = CallStatus.of(fields.get("CallStatus")).flatMap(CallStatus::outcome);
        var incoming = incoming(fields);
        answer(
                routing,
                incoming,
                ended.isPresent()
                        ? calls.over(callId, incoming.callSid(), ended.get()).map(_ -> new Answer.HangUp())
                        : calls.afterStream(callId.get(), incoming, CarriedStanding.read(fields::get)),
                false);
    }

    /** What a webhook of ours could not do, this must not try again: the caller gets a word and not a second error. */
    private void fallback(RoutingContext routing, Fields fields) {
        LOG.warnf(
                "The provider fell back. callSid=%s errorCode=%s",
                safe(fields.get("CallSid")), safe(fields.get("ErrorCode")));
        send(routing, document(reception.apology(incoming(fields)), false));
    }

    private static String safe(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "?").substring(0, Math.min(text.length(), 40));
    }

    private Map<String, String> context(Fields fields) {
        var found = fields.sipHeaders(contextHeaders, MAX_CONTEXT_CHARACTERS);
        found.putAll(fields.parameters(contextParameters, MAX_CONTEXT_CHARACTERS));
        return found;
    }

    IncomingCall incoming(Fields fields) {
        return new IncomingCall(
                fields.get("CallSid"),
                fields.get("AccountSid"),
                fields.get("Direction").startsWith("outbound") ? Direction.OUTBOUND : Direction.INBOUND,
                fields.get("From"),
                fields.get("To"),
                context(fields),
                PropagatedTrace.current());
    }

    /** Answers whatever happens. @param first whether it is the call's first document, with the disclosure */
    void answer(RoutingContext routing, IncomingCall incoming, Future<? extends Answer> decided, boolean first) {
        decided.map(answer -> document(answer, first))
                .otherwise(failure -> {
                    LOG.errorf(failure, "A caller was answered with an apology, because answering failed.");
                    return document(reception.apology(incoming), false);
                })
                .onSuccess(document -> send(routing, document));
    }

    private String document(Answer answer, boolean first) {
        return switch (answer) {
            case Answer.Connect connect -> connect(connect, first);
            case Answer.Climb climb -> ladder.write(climb);
            case Answer.Apologize(var line, var language) -> Twiml.apologize(line, language);
            case Answer.HangUp _ -> Twiml.hangUp();
        };
    }

    private String connect(Answer.Connect connect, boolean first) {
        var assistant = connect.assistant();
        return twiml.connect(
                connect.callId(),
                tokens.issue(connect.callId(), connect.incoming().callSid()),
                StreamParameters.of(connect.incoming(), connect.standing()),
                first ? assistant.disclosure() : null,
                assistant.language());
    }

    private static void send(RoutingContext routing, String document) {
        var response = routing.response();
        if (!response.ended() && !response.closed()) {
            response.putHeader("Content-Type", "text/xml; charset=utf-8").end(document);
        }
    }

    static Optional<UUID> callId(RoutingContext routing) {
        @Nullable String text = routing.pathParam("callId");
        try {
            return text == null ? Optional.empty() : Optional.of(UuidV7.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
