package centralita.local.bench;

import centralita.local.chaos.Spread;
import centralita.simulators.load.LoadModel;
import centralita.simulators.load.LoadPlan;
import centralita.simulators.load.LoadRun;
import centralita.simulators.load.socket.SocketLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon a bridge that is started serves a call: the only bridge is killed under one call and started again, and the call
 * waits for it. From the start of the process until the model has a session of it, with all that lies between: the JVM, the
 * pool, the gateway's look at the pool, the link, the journal. A start of more than ten seconds has a new media stream in it,
 * because the gateway gives the old one up.
 */
final class BridgeStartRun {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final SuiteSubject subject;
    private final LoadModel model;
    private final SocketLoop loop;
    private final LoadPlan oneCall;

    /** @param oneCall of which the window is longer than a start can last */
    BridgeStartRun(SuiteSubject subject, LoadModel model, SocketLoop loop, LoadPlan oneCall) {
        this.subject = subject;
        this.model = model;
        this.loop = loop;
        this.oneCall = oneCall;
    }

    /** @throws IllegalStateException when a bridge does not come up, or takes no call */
    Spread perform(int starts) throws InterruptedException {
        List<Long> tookMs = new ArrayList<>();
        for (int start = 0; start < starts; start++) {
            var call = new LoadRun(oneCall, subject.entrance(), model, loop);
            int before = model.sessions();
            var calling = CompletableFuture.runAsync(() -> run(call));
            try {
                awaitSession(before, calling);
                tookMs.add(TimeUnit.NANOSECONDS.toMillis(startAgain()));
            } finally {
                call.stop();
                calling.join();
            }
        }
        return Spread.of(tookMs);
    }

    /** @return nanoseconds from the start of the process to its first session */
    private long startAgain() {
        int before = model.sessions();
        String bridge = subject.killBridge();
        long began = System.nanoTime();
        var starting = CompletableFuture.runAsync(() -> subject.startBridge(bridge));
        awaitSession(before, starting);
        long took = System.nanoTime() - began;
        starting.join();
        return took;
    }

    /** @param needed for it; what it fails with is the reason */
    private void awaitSession(int before, CompletableFuture<Void> needed) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (model.sessions() == before) {
            if (needed.isCompletedExceptionally()) {
                needed.join();
            }
            if (System.nanoTime() > until) {
                throw new IllegalStateException("no bridge takes the call");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static void run(LoadRun call) {
        try {
            call.run(new LoadRun.Window() {
                @Override
                public void opened() {}

                @Override
                public void closed() {}
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
