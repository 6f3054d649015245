package centralita.bridge.link;

import centralita.bridge.session.MediaLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/**
 * The one event loop of this process. Sockets of gateways and of the model are served by it too, because there is no
 * other ({@code quarkus.vertx.event-loops-pool-size=1}, checked at start): so no frame changes threads and nothing is
 * locked. More cores are used by more bridges.
 */
@Singleton
final class VertxMediaLoop implements MediaLoop {
    private final Vertx vertx;
    private final Context context;

    VertxMediaLoop(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
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
