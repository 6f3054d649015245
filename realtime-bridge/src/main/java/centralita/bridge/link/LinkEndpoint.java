package centralita.bridge.link;

import centralita.audiolink.LinkGate;
import centralita.audiolink.LinkRecord;
import centralita.audiolink.LinkSeal;
import centralita.bridge.pool.PoolMember;
import centralita.bridge.session.Calls;
import centralita.bridge.session.MediaLoop;
import centralita.mediasocket.LoopPass;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** {@code GET /audio-link}: gateways connect here ({@code docs/audio-link.md}). The pass is read before the upgrade. */
@Singleton
class LinkEndpoint {
    static final String PATH = "/audio-link";
    private static final Logger LOG = Logger.getLogger(LinkEndpoint.class);
    private static final long TICK_MS = 200;
    private static final long GOODBYE_MS = 500;

    private final Calls calls;
    private final PoolMember member;
    private final LinkGate gate;
    private final long deadAfterMs;
    private final MeterRegistry meters;
    private final LoopPass pass;
    private final MediaLoop loop;
    private final Set<LinkConnection> open = ConcurrentHashMap.newKeySet();
    private final Gauge waiting;

    LinkEndpoint(
            Calls calls,
            PoolMember member,
            LinkConfig config,
            Clock clock,
            LoopPass pass,
            MediaLoop loop,
            MeterRegistry meters) {
        this.calls = calls;
        this.member = member;
        this.gate = new LinkGate(config.secret(), clock);
        this.deadAfterMs = GatewayPulse.deadAfterMs(config.deadAfter());
        this.pass = pass;
        this.loop = loop;
        this.meters = meters;
        // Never much more than the write queue of each link, however fast a model speaks (F-O7).
        this.waiting = Gauge.builder(
                        "links.waiting",
                        open,
                        links -> links.stream()
                                .mapToLong(LinkConnection::waitingBytes)
                                .sum())
                .baseUnit("bytes")
                .register(meters);
    }

    void route(
            @Observes Router router,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.vertx.event-loops-pool-size") int eventLoops,
            @ConfigProperty(name = "quarkus.http.websocket-server.max-frame-size") int maxFrameBytes) {
        if (eventLoops != 1) {
            throw new IllegalStateException(
                    "quarkus.vertx.event-loops-pool-size must be 1: calls are not made for several threads");
        }
        if (maxFrameBytes < LinkRecord.MAX_BATCH_BYTES) {
            throw new IllegalStateException(
                    "quarkus.http.websocket-server.max-frame-size must be at least " + LinkRecord.MAX_BATCH_BYTES);
        }
        router.get(PATH).handler(this::connect);
        vertx.setPeriodic(TICK_MS, _ -> {
            open.forEach(link -> link.watch(deadAfterMs));
            calls.tick();
        });
    }

    /**
     * When the calls are given away and the server still answers: closes the links, so that gateways see a bridge that leaves and not one that broke. Calls that are left write down
     * first what their callers have heard, and then close their model sessions (I7).
     */
    void leave(@Observes @Priority(4000) ShutdownDelayInitiatedEvent stopping) throws InterruptedException {
        // Where another application follows in the same JVM, the first gauge of a name would stay.
        meters.remove(waiting);
        try {
            Future.join(open.stream().map(LinkConnection::leave).toList())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(GOODBYE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.infof("Not every link was closed in order. why=%s", e.getClass().getSimpleName());
        }
        var let = new CountDownLatch(1);
        loop.soon(() -> {
            calls.letGoOfAll();
            let.countDown();
        });
        if (!let.await(GOODBYE_MS, TimeUnit.MILLISECONDS)) {
            LOG.infof("Model sessions are closed by the end of the process.");
        }
    }

    private void connect(RoutingContext request) {
        var http = request.request();
        var address = member.address(http.localAddress().port());
        switch (gate.admit(http.getHeader(HttpHeaders.AUTHORIZATION), address)) {
            case LinkGate.Entry.Refused(var why) -> refuse(request, why);
            case LinkGate.Entry.Admitted(var seal, var proof) -> {
                request.response().putHeader(LinkGate.PROOF_HEADER, proof);
                upgrade(http, seal);
            }
        }
    }

    private void refuse(RoutingContext request, LinkGate.Refusal why) {
        meters.counter("links.refused", "reason", why.word()).increment();
        LOG.warnf(
                "A link is refused. reason=%s from=%s",
                why.word(), request.request().remoteAddress().hostAddress());
        request.response()
                .setStatusCode(401)
                .putHeader("WWW-Authenticate", "Bearer")
                .end();
    }

    private void upgrade(HttpServerRequest http, LinkSeal seal) {
        http.toWebSocket()
                .onSuccess(socket -> {
                    var link = new LinkConnection(
                            socket, http.connection(), seal, calls, meters, pass, loop, open::remove);
                    open.add(link);
                    link.open();
                })
                .onFailure(failure -> LOG.infof(
                        "A gateway's socket was not opened. why=%s",
                        failure.getClass().getSimpleName()));
    }
}
