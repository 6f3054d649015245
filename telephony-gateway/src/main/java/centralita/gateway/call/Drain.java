package centralita.gateway.call;

import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.gateway.link.AudioLinks;
import centralita.gateway.session.AudioSessions;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * How this gateway leaves: not ready at once, then streams may end by themselves for a while, then the others are closed
 * in order. The provider asks what comes next, another gateway answers, and the call goes on with its bridge, which is
 * told that the stream was lost. With no stream open it takes no time.
 */
@Readiness
@Singleton
class Drain implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final long WATCH_EVERY_MS = 50;
    /** For close frames and the last records of links to leave. */
    private static final long GOODBYE_MS = 1_000;

    private final AudioSessions sessions;
    private final AudioLinks links;
    private final MediaLoop loop;
    private final long patienceMs;
    private volatile boolean leaving;

    Drain(AudioSessions sessions, AudioLinks links, MediaLoop loop, GatewayConfig config) {
        this.sessions = sessions;
        this.links = links;
        this.loop = loop;
        this.patienceMs = config.drainPatienceMs();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stays").status(!leaving).build();
    }

    /** Runs while the HTTP server still answers; waits until all is said. */
    void leave(@Observes ShutdownEvent stopping) throws InterruptedException {
        leaving = true;
        var left = Promise.<Void>promise();
        loop.run(() -> await(left, loop.nowMs()));
        try {
            left.future()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(patienceMs + 2 * GOODBYE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.infof(
                    "Not every stream and link was closed in order. reason=%s",
                    e.getClass().getSimpleName());
        } finally {
            loop.stop();
        }
    }

    private void await(Promise<Void> left, long sinceMs) {
        if (sessions.active() == 0 || loop.nowMs() - sinceMs >= patienceMs) {
            goodbye().onComplete(left);
        } else {
            loop.after(WATCH_EVERY_MS, () -> await(left, sinceMs));
        }
    }

    private Future<Void> goodbye() {
        if (sessions.active() > 0) {
            LOG.infof("Streams are closed because the process stops. streams=%d", sessions.active());
        }
        sessions.closeAll("the gateway stops");
        return links.leave();
    }
}
