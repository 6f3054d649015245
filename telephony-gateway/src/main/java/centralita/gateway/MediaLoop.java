package centralita.gateway;

import centralita.mediasocket.LoopPass;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * The one event loop on which everything of this service runs: webhooks, streams, links, Redis and timers. So the state
 * of calls needs no locks and no frame changes threads ({@code docs/decisions/one-event-loop.md}).
 */
@Singleton
public class MediaLoop {
    private final Vertx vertx;
    private final ContextInternal context;
    private final LoopPass pass;
    private volatile boolean stopped;
    private final LongSupplier monotonicMs = () -> System.nanoTime() / 1_000_000;

    @Inject
    MediaLoop(Vertx vertx, GatewayConfig config) {
        this(vertx, config.gatherMicros());
    }

    private MediaLoop(Vertx vertx, int gatherMicros) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.pass = new LoopPass(context.nettyEventLoop(), gatherMicros);
    }

    /** A loop outside the application, for tests of parts. */
    public static MediaLoop on(Vertx vertx) {
        return new MediaLoop(vertx, 0);
    }

    public Vertx vertx() {
        return vertx;
    }

    /** What is to be done at the end of what the loop is doing now. On the loop only. */
    public LoopPass pass() {
        return pass;
    }

    /** Runs later on the loop, without a caller's tracing or request context. Any thread. */
    public void run(Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    /** What another thread completes, on the loop. */
    public <T> Future<T> future(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, context);
    }

    /** Milliseconds that only grow; their zero means nothing. */
    public long nowMs() {
        return monotonicMs.getAsLong();
    }

    /** @return id for {@link #cancel} */
    public long after(long delayMs, Runnable task) {
        return vertx.setTimer(Math.max(1, delayMs), _ -> unlessStopped(task));
    }

    public long every(long periodMs, Runnable task) {
        return vertx.setPeriodic(periodMs, _ -> unlessStopped(task));
    }

    private void unlessStopped(Runnable task) {
        if (!stopped) {
            task.run();
        }
    }

    /** From now on no timer does anything: what it would use is being taken down. Any thread. */
    public void stop() {
        stopped = true;
    }

    public void cancel(long timer) {
        vertx.cancelTimer(timer);
    }
}
