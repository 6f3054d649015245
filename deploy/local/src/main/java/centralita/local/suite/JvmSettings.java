package centralita.local.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the services' JVMs run.
 *
 * @param maxHeapMb of each; 200 MB carry more calls than one machine with two cores can relay
 * @param options further ones
 */
public record JvmSettings(int maxHeapMb, List<String> options) {
    public JvmSettings {
        options = List.copyOf(options);
    }

    /** Quick to start: no optimizing compiler, no concurrent collector. */
    public static JvmSettings quickStart() {
        return new JvmSettings(200, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }

    /**
     * As in production: for measurements. The serial collector, because a heap so small is collected in milliseconds and
     * another thread that marks it costs more than it saves (docs/benchmarks/profile-audio-path.md).
     */
    public static JvmSettings production() {
        return new JvmSettings(200, List.of("-XX:+UseSerialGC"));
    }

    /** For processes that will share one processor, whatever the machine has: as many threads as that is worth. */
    public JvmSettings onOneProcessor() {
        return with(List.of("-XX:ActiveProcessorCount=1"));
    }

    /** With more options. */
    public JvmSettings with(List<String> more) {
        return new JvmSettings(
                maxHeapMb, Stream.concat(options.stream(), more.stream()).toList());
    }

    List<String> arguments() {
        var arguments = new ArrayList<>(List.of(
                "-Xmx" + maxHeapMb + "m",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        arguments.addAll(options);
        return arguments;
    }
}
