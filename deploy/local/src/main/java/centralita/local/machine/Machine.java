package centralita.local.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a result comes from: without it numbers mean nothing.
 *
 * @param at when the run began
 * @param cpu the processor's name, where the system tells it
 * @param memoryMiB of the machine; 0 where the system does not tell
 */
public record Machine(Instant at, String system, String cpu, int processors, long memoryMiB, String jdk) {
    public static Machine here() {
        return new Machine(
                Instant.now(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                value(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                kibibytes(value(Path.of("/proc/meminfo"), "MemTotal")) / 1024,
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
    }

    private static long kibibytes(String text) {
        String digits = text.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String value(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> Objects.requireNonNull(line)
                            .substring(line.indexOf(':') + 1)
                            .strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
