package centralita.local.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The folder in which a suite keeps data, secrets, logs and its run file. */
final class StateFolder {
    /** PostgreSQL, Kafka and Redis write logs ahead; with less they would end in the middle of a call. */
    private static final long NEEDED_BYTES = 500L << 20;

    private StateFolder() {}

    static Path data(Path state) {
        return state.resolve("data");
    }

    /** @throws LaunchException when the folder cannot be written, or the disk is all but full */
    static void prepare(SuiteSettings settings) {
        var state = settings.state();
        try {
            Files.createDirectories(state.resolve("logs"));
            var space = Files.getFileStore(state).getUsableSpace();
            if (space < NEEDED_BYTES) {
                throw new LaunchException("The disk of " + state + " has " + (space >> 20) + " MB left, and "
                        + (NEEDED_BYTES >> 20) + " MB are needed: make some room.");
            }
        } catch (IOException e) {
            throw new LaunchException("The folder " + state + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Call only while the guard holds the folder: nobody else uses its data then. */
    static void forgetData(Path state) {
        for (var folder : new Path[] {data(state), state.resolve("work")}) {
            if (Files.exists(folder)) {
                remove(folder);
            }
        }
    }

    private static void remove(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new LaunchException("The folder " + folder + " cannot be removed: " + e.getMessage() + ".", e);
        }
    }
}
