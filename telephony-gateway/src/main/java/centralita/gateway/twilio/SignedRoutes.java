package centralita.gateway.twilio;

import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/**
 * Lets nothing through that Twilio has not signed: reads the body within limits, checks, and hands the fields over. A
 * refusal is 403, is counted and has no other effect. Event loop only.
 */
@Singleton
class SignedRoutes {
    private static final Logger LOG = Logger.getLogger(SignedRoutes.class);
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final String HEADER = "X-Twilio-Signature";

    private final TwilioSignature signature;
    private final PublicUrl publicUrl;
    private final GatewayConfig config;
    private final MediaLoop loop;
    private final MeterRegistry meters;

    /** Answers a request whose signature was good. */
    @FunctionalInterface
    interface Signed {
        void on(RoutingContext routing, Fields fields);
    }

    SignedRoutes(
            TwilioSignature signature,
            PublicUrl publicUrl,
            GatewayConfig config,
            MediaLoop loop,
            MeterRegistry meters) {
        this.signature = signature;
        this.publicUrl = publicUrl;
        this.config = config;
        this.loop = loop;
        this.meters = meters;
    }

    /** GET and POST on a path. */
    void on(Router router, String path, Signed signed) {
        router.get(path).handler(routing -> verified(routing, Buffer.buffer(), signed));
        router.post(path).handler(routing -> readBody(routing, signed));
    }

    /** Whether the upgrade of a media stream is signed; counted when it is not. */
    boolean upgradeSigned(HttpServerRequest request) {
        return accepted(
                signature.verifyUpgrade(publicUrl.ofUpgrade(request.uri()), request.getHeader(HEADER)), "stream");
    }

    private void readBody(RoutingContext routing, Signed signed) {
        var request = routing.request();
        var body = Buffer.buffer();
        // A body that drips is as good as none, and keeps a connection.
        var timer = loop.after(config.bodyTimeoutMs(), () -> tooSlow(routing));
        request.exceptionHandler(_ -> loop.cancel(timer));
        request.handler(chunk -> {
            if (routing.response().ended()) {
                return;
            }
            body.appendBuffer(chunk);
            if (body.length() > MAX_BODY_BYTES) {
                refuse(routing, 413, "too-large");
            }
        });
        request.endHandler(_ -> {
            loop.cancel(timer);
            if (!routing.response().ended()) {
                verified(routing, body, signed);
            }
        });
    }

    /** A request of which more may come keeps its connection, whatever it was answered. */
    private void tooSlow(RoutingContext routing) {
        if (routing.response().ended()) {
            routing.request().connection().close();
        } else {
            routing.addEndHandler(_ -> routing.request().connection().close());
            refuse(routing, 408, "slow-body");
        }
    }

    private void verified(RoutingContext routing, Buffer body, Signed signed) {
        var request = routing.request();
        var url = publicUrl.of(request.uri());
        var header = request.getHeader(HEADER);
        var type = request.getHeader("Content-Type");
        var isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
        Fields fields;
        try {
            fields = isForm || body.length() == 0 ? Fields.of(body.toString()) : Fields.NONE;
            var verdict = isForm || body.length() == 0
                    ? signature.verify(url, fields.values(), header)
                    : signature.verifyBody(url, body.getBytes(), header);
            if (!accepted(verdict, "webhook")) {
                refuse(routing, 403, "signature");
                return;
            }
            var query = request.query();
            fields = fields.or(Fields.of(query == null ? "" : query));
        } catch (IllegalArgumentException _) {
            refuse(routing, header == null ? 403 : 400, "malformed");
            return;
        }
        var account = config.accountSid().orElse("");
        if (!account.isEmpty() && !account.equalsIgnoreCase(fields.get("AccountSid"))) {
            refuse(routing, 403, "account");
            return;
        }
        signed.on(routing, fields);
    }

    private boolean accepted(OptionalInt tokenIndex, String what) {
        meters.counter(
                        "twilio.signatures",
                        "request",
                        what,
                        "token",
                        tokenIndex.isPresent() ? Integer.toString(tokenIndex.getAsInt()) : "none")
                .increment();
        return tokenIndex.isPresent();
    }

    private void refuse(RoutingContext routing, int status, String reason) {
        if (routing.response().ended()) {
            return;
        }
        meters.counter("webhooks.refused", "reason", reason).increment();
        LOG.infof("A webhook was refused. status=%d reason=%s", status, reason);
        var halfRead = status == 408 || status == 413;
        if (halfRead && routing.request().version() != HttpVersion.HTTP_2) {
            routing.response().putHeader("Connection", "close");
        }
        routing.fail(status);
    }
}
