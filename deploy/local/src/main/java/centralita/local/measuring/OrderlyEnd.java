package centralita.local.measuring;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C does to a command that runs for long: the run is told to end, and the JVM goes when everything that was
 * started has ended. Close it last.
 */
public final class OrderlyEnd implements AutoCloseable {
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final CountDownLatch tidy = new CountDownLatch(1);

    /** @param stop ends the run soon and does not wait for it; any thread */
    public void onInterrupt(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            stop.run();
            try {
                tidy.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Everything has ended. */
    @Override
    public void close() {
        tidy.countDown();
    }
}
