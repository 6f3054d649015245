package centralita.local.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Lets processes yield to others where both want a processor, by {@code renice}. Linux only; elsewhere, or where there is
 * no {@code renice}, nothing changes.
 */
public final class Niceness {
    private static final Logger LOG = Logger.getLogger(Niceness.class);
    /** A tenth of the weight of others. */
    private static final String NICE = "10";

    private static final int PATIENCE_SECONDS = 10;

    private Niceness() {}

    /**
     * All threads that the processes have now, and those that they begin later, yield.
     *
     * @return whether they do
     */
    public static boolean raise(List<Long> pids) {
        var command = new ArrayList<>(List.of("renice", "-n", NICE, "-p"));
        pids.forEach(pid -> command.addAll(threads(pid)));
        try {
            Process renice = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return renice.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && renice.exitValue() == 0;
        } catch (IOException e) {
            LOG.debugf(e, "there is no renice");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The system gives every thread a niceness of its own. */
    private static List<String> threads(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(thread -> thread.getFileName().toString()).toList();
        } catch (IOException e) {
            LOG.debugf("the threads of a process are not told pid=%d", pid);
            return List.of();
        }
    }
}
