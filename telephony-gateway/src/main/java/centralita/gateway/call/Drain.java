package centralita.gateway.call;

import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.gateway.link.AudioLinks;
import centralita.gateway.session.AudioSessions;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How this gateway leaves: not ready at once; when load balancers have noticed, its streams are closed one by one, each at a
 * moment when nobody speaks. When there is just time for those that are left, they are closed whatever is being said. The
 * provider asks what comes next, another gateway answers, and the call goes on with its bridge, which is told that the
 * stream was lost. A call's first stream that comes later still is closed at once: nothing was said on it yet.
 *
 * <p>A call that comes back here after that stays until the process ends: the provider has found no other gateway.
 */
@Readiness
@Singleton
class Drain implements AsyncHealthCheck {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    /** One stream at a time: twenty a second. */
    private static final long WATCH_EVERY_MS = 50;
    /** Nobody has spoken for so long: hardly anybody is about to. */
    private static final long WELL_RESTED_MS = 1_200;
    /** When time runs short, a pause between two sentences must do. */
    private static final long RESTED_MS = 200;

    private static final String REASON = "the gateway leaves";
    /** For a peer to answer a close; for close frames, and for the last records of links, to leave. */
    private static final long GOODBYE_MS = 1_000;

    private final AudioSessions sessions;
    private final AudioLinks links;
    private final MediaLoop loop;
    private final long patienceMs;
    private final long noticeMs;
    private final DrainPace pace;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private volatile @Nullable Promise<Void> awaited;

    Drain(AudioSessions sessions, AudioLinks links, MediaLoop loop, GatewayConfig config) {
        this.sessions = sessions;
        this.links = links;
        this.loop = loop;
        this.patienceMs = config.drainPatienceMs();
        this.noticeMs = config.drainNoticeMs();
        this.pace = new DrainPace(noticeMs, patienceMs, WATCH_EVERY_MS);
    }

    /** Asynchronous, because a check that is not waits for a worker thread, and all of them may be blocked (F-P5). */
    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() -> HealthCheckResponse.named("stays")
                        .status(!leaving.get())
                        .build());
    }

    /**
     * Waits until all is said. Not on {@code ShutdownEvent}: the framework closes the HTTP server, and with it all streams
     * at once, before it tells of that.
     */
    void leave(@Observes ShutdownDelayInitiatedEvent stopping) throws InterruptedException {
        if (awaited != null) {
            return;
        }
        var empty = Promise.<Void>promise();
        awaited = empty;
        begin();
        try {
            empty.future()
                    .compose(_ -> onLoop())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(Math.max(patienceMs, noticeMs) + 3 * GOODBYE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.infof(
                    "Not every stream and link was closed in order. reason=%s",
                    e.getClass().getSimpleName());
        } finally {
            loop.stop();
        }
    }

    /** From now on not ready, and streams are closed. Asked again it does nothing more. Any thread. */
    void begin() {
        if (leaving.compareAndSet(false, true)) {
            LOG.infof("This gateway drains. streams=%d", sessions.active());
            loop.run(() -> step(loop.nowMs()));
        }
    }

    /** How many streams are open. Any thread. */
    int streams() {
        return sessions.active();
    }

    private void step(long beganMs) {
        var sinceMs = loop.nowMs() - beganMs;
        var left = (int) sessions.staying(beganMs);
        switch (pace.next(sinceMs, left)) {
            case NONE -> {}
            case WELL_RESTED -> sessions.closeOneAtRest(beganMs, WELL_RESTED_MS, REASON);
            case RESTED -> sessions.closeOneAtRest(beganMs, RESTED_MS, REASON);
            case ANY -> {
                for (var i = pace.many(sinceMs, left); i > 0; i--) {
                    sessions.closeOne(beganMs, RESTED_MS, REASON);
                }
            }
        }
        var waiting = awaited;
        if (waiting != null && sinceMs >= noticeMs && sessions.leaving(beganMs) == 0) {
            waiting.tryComplete();
        }
        // Also when it is empty: a first stream that was promised long ago may still come.
        loop.after(WATCH_EVERY_MS, () -> step(beganMs));
    }

    private Future<Void> onLoop() {
        var said = Promise.<Void>promise();
        loop.run(() -> goodbye().onComplete(said));
        return said.future();
    }

    private Future<Void> goodbye() {
        if (sessions.active() > 0) {
            LOG.infof("Streams are closed because the process stops. streams=%d", sessions.active());
        }
        sessions.closeAll(REASON);
        return links.leave();
    }
}
