package centralita.local.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ties processes to processors, by {@code taskset} of util-linux: Java cannot. Linux only. */
public final class Cores {
    private static final int PATIENCE_SECONDS = 10;

    private Cores() {}

    /**
     * Ties all threads that processes have now, and those that they begin later, to processors.
     *
     * @param processors as {@code taskset} takes them, {@code 0} or {@code 1-3}
     * @throws IllegalStateException when the system cannot do that
     */
    public static void pin(List<Long> pids, String processors) {
        for (long pid : pids) {
            run("taskset", "-acp", processors, Long.toString(pid));
        }
    }

    private static void run(String... command) {
        try {
            Process taskset =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!taskset.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
                throw new IllegalStateException("a process cannot be tied to a processor: "
                        + said.lines().findFirst().orElse(""));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a process cannot be tied to a processor: there is no taskset here", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
