package centralita.gateway.link;

import centralita.audiolink.LinkGate;
import centralita.audiolink.LinkVisit;
import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.names.HostNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The links to all bridges, one to an address. Event loop only. */
@Singleton
public class AudioLinks {
    private static final Logger LOG = Logger.getLogger(AudioLinks.class);
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final short POLICY_VIOLATION = 1008;

    private final MediaLoop loop;
    private final LinkConfig config;
    private final LinkVisit.Visits visits;
    private final WebSocketClient client;
    private final Map<String, AudioLink> links = new HashMap<>();
    private final Counter malformed;
    private final Counter losses;
    private final Counter impostors;
    private long lastWatchMs;
    private boolean leaving;

    AudioLinks(MediaLoop loop, LinkConfig config, GatewayConfig gateway, MeterRegistry meters) {
        this.loop = loop;
        this.config = config;
        this.visits = new LinkVisit.Visits(gateway.linkSecret(), Clock.systemUTC());
        this.client = loop.vertx()
                .createWebSocketClient(new WebSocketClientOptions()
                        .setConnectTimeout(config.connectTimeoutMs())
                        .setTryUsePerMessageCompression(false)
                        .setMaxConnections(10_000)
                        .setMaxFrameSize(1 << 20)
                        .setMaxMessageSize(1 << 20)
                        .setTcpNoDelay(true));
        this.malformed = Counter.builder("link.records.malformed")
                .description("Batches and records of bridges that could not be read.")
                .register(meters);
        this.losses = Counter.builder("link.lost")
                .description("Audio links that were lost, or could not be opened.")
                .register(meters);
        this.impostors = Counter.builder("link.impostors")
                .description("Bridges that could not prove who they are; no call was given to them.")
                .register(meters);
        Gauge.builder(
                        "link.open",
                        () -> links.values().stream()
                                .filter(it -> it.alive(this.config.deadMs()))
                                .count())
                .description("Audio links that are open.")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> {
            lastWatchMs = loop.nowMs();
            loop.every(config.pingMs(), this::watch);
        });
    }

    /** The link to a bridge. It need not be open yet. @param address as {@code ws://host:port} */
    public AudioLink to(String address) {
        return links.computeIfAbsent(address, it -> new AudioLink(it, loop, this, malformed));
    }

    /** These bridges may be needed: their links are opened before the first call waits for one; unused others go. */
    public void expect(Collection<String> addresses) {
        if (leaving) {
            return;
        }
        addresses.forEach(address -> to(address).connect());
        links.values().removeIf(link -> {
            var unused = link.idle() && !addresses.contains(link.address());
            if (unused) {
                link.leave().onFailure(_ -> losses.increment());
            }
            return unused;
        });
    }

    /** A bridge has given a sign of life elsewhere: no link to it waits any longer because attempts to reach it have failed. */
    public void lives(String address) {
        var link = links.get(address);
        if (link != null) {
            link.tryAgain();
        }
    }

    /** Closes all links in order, after what was said on them. @return completed when it has left */
    public Future<Void> leave() {
        leaving = true;
        return Future.join(links.values().stream().map(AudioLink::leave).toList())
                .mapEmpty();
    }

    public boolean alive(String address) {
        var link = links.get(address);
        return link != null && link.alive(config.deadMs());
    }

    public boolean failing(String address) {
        var link = links.get(address);
        return link != null && link.failing();
    }

    private void watch() {
        var now = loop.nowMs();
        var lateMs = now - lastWatchMs - config.pingMs();
        lastWatchMs = now;
        for (var link : java.util.List.copyOf(links.values())) {
            link.watch(config.deadMs(), lateMs);
        }
    }

    LinkVisit visit(String address) {
        return visits.to(address);
    }

    /** Never throws. Fails with {@link ImpostorException} when the one who answers cannot prove that he is a bridge of ours, at this address. */
    Future<WebSocket> dial(String address, LinkVisit visit) {
        var options = new WebSocketConnectOptions()
                // A process that accepts the connection and answers nothing (stopped, or full) is no bridge.
                .setTimeout(config.connectTimeoutMs())
                .addHeader("Authorization", visit.authorization());
        try {
            options.setAbsoluteURI(address + "/audio-link");
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
        // The framework looks names up on the loop, where nobody may wait.
        var ready = loop.future(HostNames.ready(options.getHost()))
                .timeout(config.connectTimeoutMs(), TimeUnit.MILLISECONDS);
        return ready.compose(_ -> client.connect(options)).compose(opened -> {
            // Only now: Vert.x forgets the headers when its handler returns.
            var headers = opened.headers();
            if (visit.isAnsweredBy(headers == null ? null : headers.get(LinkGate.PROOF_HEADER))) {
                return Future.succeededFuture(opened);
            }
            impostors.increment();
            // Whether he answers the close is not waited for: calls may wait for this link.
            opened.close(POLICY_VIOLATION, "no proof")
                    .onFailure(failure -> LOG.debugf("An impostor was gone before. bridge=%s", address));
            return Future.failedFuture(new ImpostorException());
        });
    }

    /** Who answered at a bridge's address is none of our bridges. */
    static final class ImpostorException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ImpostorException() {
            super("no proof of a bridge");
        }
    }

    /** A pause that doubles, with the jitter that keeps gateways from coming back together. */
    long pauseMs(int failuresInARow) {
        if (failuresInARow == 0) {
            return 0;
        }
        var pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(failuresInARow - 1, 6));
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }

    int writeQueueBytes() {
        return config.writeQueueBytes();
    }

    void lost() {
        losses.increment();
    }
}
