package centralita.gateway.twilio;

import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.gateway.call.CallStreams;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Twilio's end of a call's audio. Signature and one-time token are checked before the upgrade; a refusal is 403
 * (TH-4). The socket is the server's own, not an endpoint class's: only that can be paused and read without a String.
 */
@Singleton
class MediaStreamEndpoint {
    private static final Logger LOG = Logger.getLogger(MediaStreamEndpoint.class);
    private static final long WATCH_EVERY_MS = 500;

    private final SignedRoutes signed;
    private final StreamToken tokens;
    private final UsedTokens used;
    private final CallStreams streams;
    private final MediaLoop loop;
    private final String account;
    private final MediaStreamConfig limits;
    private final MediaStreamMetrics metrics;

    MediaStreamEndpoint(
            SignedRoutes signed,
            StreamToken tokens,
            UsedTokens used,
            CallStreams streams,
            MediaLoop loop,
            GatewayConfig config,
            MediaStreamConfig limits,
            MediaStreamMetrics metrics) {
        this.signed = signed;
        this.tokens = tokens;
        this.used = used;
        this.streams = streams;
        this.loop = loop;
        this.account = config.accountSid().orElse("");
        this.limits = limits;
        this.metrics = metrics;
    }

    void routes(@Observes Router router) {
        // Twilio may call the address with a slash at its end.
        router.get("/media-stream/:token").handler(this::upgrade);
        router.get("/media-stream/:token/").handler(this::upgrade);
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> loop.every(WATCH_EVERY_MS, () -> {
            var now = loop.nowMs();
            metrics.open().forEach(connection -> connection.watch(now));
        }));
    }

    private void upgrade(RoutingContext routing) {
        var request = routing.request();
        if (!signed.upgradeSigned(request)) {
            refuse(routing, "signature");
            return;
        }
        var token = routing.pathParam("token");
        var ticket = tokens.read(token == null ? "" : token);
        if (ticket.isEmpty()) {
            refuse(routing, "token");
            return;
        }
        request.pause();
        used.use(ticket.get()).onSuccess(first -> {
            if (first) {
                request.toWebSocket()
                        .onSuccess(socket -> open(socket, request.connection(), ticket.get()))
                        .onFailure(failure -> LOG.infof(
                                "An upgrade failed. reason=%s",
                                failure.getClass().getSimpleName()));
            } else {
                request.resume();
                refuse(routing, "token-used");
            }
        });
    }

    private void open(ServerWebSocket socket, HttpConnection on, StreamToken.Ticket ticket) {
        var connection = new MediaStreamConnection(socket, on, ticket, streams, loop, account, limits, metrics);
        metrics.opened(connection);
        connection.open();
    }

    private void refuse(RoutingContext routing, String reason) {
        metrics.refused(reason);
        LOG.infof("A media stream was refused. reason=%s", reason);
        routing.fail(403);
    }
}
