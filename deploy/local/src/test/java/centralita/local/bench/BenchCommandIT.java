package centralita.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandIT {
    private static final String RELAY = Path.of(System.getProperty("java.home"), "bin", "java") + " -Xmx64m -cp '"
            + System.getProperty("java.class.path") + "' " + RelayProgram.class.getName() + " {port} {modelUrl}";

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void fiveCallsThroughAnotherRelayAreMeasuredAndWritten() throws Exception {
        // Given
        Path json = folder.resolve("bench.json");

        // When
        int code = bench(RELAY, "--json", json.toString());

        // Then
        JsonNode report = ContractsJson.mapper().readTree(Files.readString(json));
        assertThat(code).isZero();
        assertThat(report.at("/clean").asBoolean()).isTrue();
        assertThat(report.at("/settings/seed").asLong()).isEqualTo(7);
        assertThat(report.at("/medians/0/subject").asText()).isEqualTo("compared");
        assertThat(report.at("/medians/0/calls").asInt()).isEqualTo(5);
        assertThat(report.at("/medians/0/lost").asLong()).isZero();
        assertThat(report.at("/medians/0/toModelP50Us").asDouble()).isPositive();
        assertThat(report.at("/runs").size()).isEqualTo(2);
        assertThat(report.at("/machine/processors").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void aRelayThatLosesFramesIsAFailure() {
        // When
        int code = bench(RELAY + " drop");

        // Then
        assertThat(code).isEqualTo(1);
    }

    @Test
    void aRelayThatEndsByItselfIsAFailure() {
        // When
        int code = bench("exit 3");

        // Then
        assertThat(code).isEqualTo(1);
    }

    private static int bench(String relay, String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "--relay-only",
                                "--compare",
                                relay,
                                "--calls",
                                "5",
                                "--seconds",
                                "2",
                                "--warm-up",
                                "0",
                                "--settle",
                                "0",
                                "--rounds",
                                "2",
                                "--rate",
                                "100",
                                "--seed",
                                "7"),
                        Stream.of(more))
                .toList();
        return new CommandLine(new BenchCommand()).execute(arguments.toArray(String[]::new));
    }
}
