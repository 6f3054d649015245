package centralita.bridge.link;

import centralita.bridge.session.MediaLoop;
import centralita.mediasocket.LoopPass;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The one event loop of this process. Sockets of gateways and of the model are served by it too, because there is no
 * other ({@code quarkus.vertx.event-loops-pool-size=1}, checked at start): so no frame changes threads and nothing is
 * locked. More cores are used by more bridges.
 */
@Singleton
final class VertxMediaLoop implements MediaLoop {
    private final Vertx vertx;
    private final ContextInternal context;
    private final LoopPass pass;

    VertxMediaLoop(Vertx vertx, LinkConfig config) {
        this.vertx = vertx;
        this.context = (ContextInternal) vertx.getOrCreateContext();
        this.pass = new LoopPass(context.nettyEventLoop(), config.gatherMicros());
    }

    /** What is to be done at the end of what the loop is doing now. On the loop only. */
    @Produces
    @Singleton
    LoopPass pass() {
        return pass;
    }

    @Override
    public long nowMs() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void after(long delayMs, Runnable task) {
        vertx.setTimer(Math.max(1, delayMs), _ -> soon(task));
    }

    @Override
    public void soon(Runnable task) {
        context.runOnContext(_ -> task.run());
    }
}
