package centralita.bridge.pool;

import centralita.bridge.session.Calls;
import centralita.bridge.session.MediaLoop;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** This bridge joins the pool when its server listens, and leaves it when the process stops. */
@Singleton
class Membership {
    private static final Logger LOG = Logger.getLogger(Membership.class);
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(1);
    private static final long WATCH_EVERY_MS = 50;

    private final PoolConfig config;
    private final PoolMember member;
    private final Heartbeat heartbeat;
    private final BridgePool pool;
    private final Calls calls;
    private final MediaLoop loop;
    private final Vertx vertx;
    private long timer = -1;

    Membership(
            PoolConfig config,
            PoolMember member,
            Heartbeat heartbeat,
            BridgePool pool,
            Calls calls,
            MediaLoop loop,
            Vertx vertx) {
        this.config = config;
        this.member = member;
        this.heartbeat = heartbeat;
        this.pool = pool;
        this.calls = calls;
        this.loop = loop;
        this.vertx = vertx;
    }

    /** Nothing to do yet, but a bridge that nobody injects must exist all the same. */
    void exist(@Observes StartupEvent started) {
        LOG.infof("This bridge is ready to join the pool. bridgeId=%s", member.bridgeId());
    }

    void join(@ObservesAsync HttpServerStart server) {
        heartbeat.whenForgotten(() -> loop.soon(calls::writeJournalsAgain));
        beat(server);
        timer = vertx.setPeriodic(config.heartbeat().toMillis(), _ -> beat(server));
    }

    /** A port of 0 or less stands for a free one, which the framework tells only when the server listens. */
    private String address(HttpServerStart server) {
        var port = server.options().getPort();
        return member.address(
                port > 0 ? port : ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class));
    }

    private void beat(HttpServerStart server) {
        heartbeat
                .beat(address(server), calls::active, calls::reserved)
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOG.errorf(failure, "A heartbeat has failed. bridgeId=%s", member.bridgeId()));
    }

    /**
     * While the server still answers, waits a while for calls to be taken away or to finish. Not on {@code ShutdownEvent}: the
     * framework closes the server, and with it all links at once, before it tells of that. What is left then loses its link as
     * if this bridge had died, and gateways look for another one: nobody is hung up on because a process stops.
     */
    void leave(@Observes ShutdownDelayInitiatedEvent stopping) throws InterruptedException {
        member.drain();
        if (!emptyWithin(config.drainNotice(), config.drainPatience())) {
            LOG.warnf(
                    "Calls that nobody took away are left to the gateways, because the process stops. bridgeId=%s calls=%s",
                    member.bridgeId(), calls.active());
        }
        vertx.cancelTimer(timer);
        pool.leave(member.bridgeId())
                .ifNoItem()
                .after(LEAVE_PATIENCE)
                .fail()
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOG.debugf("The pool does not know that we left. bridgeId=%s", member.bridgeId()));
    }

    /** Whether no caller is here any more; waits for it, and the notice in any case. Prepared calls end by themselves. */
    private boolean emptyWithin(Duration notice, Duration patience) throws InterruptedException {
        var noticed = System.nanoTime() + notice.toNanos();
        var empty = new CountDownLatch(1);
        var watch = vertx.setPeriodic(WATCH_EVERY_MS, _ -> {
            if (calls.active() == 0 && System.nanoTime() - noticed >= 0) {
                empty.countDown();
            }
        });
        try {
            return empty.await(notice.plus(patience).toMillis(), TimeUnit.MILLISECONDS) || calls.active() == 0;
        } finally {
            vertx.cancelTimer(watch);
        }
    }
}
