package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.embedded.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does: starts everything, reads the first call along, orders one, ends it. The launcher as a program. */
class UpIT {
    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration END = Duration.ofMinutes(2);
    private static final List<String> SERVICES = List.of(
            "telephony-gateway", "realtime-bridge", "call-orchestrator", "campaign-service", "analytics-service");

    /** Stands in for the repository, so that nobody's kept data is touched. */
    @TempDir
    private Path home;

    private final List<ProcessHandle> started = new ArrayList<>();

    @BeforeEach
    void link() throws IOException {
        var repository = Path.of(System.getProperty("repository.root")).toAbsolutePath();
        for (var service : SERVICES) {
            Files.createSymbolicLink(home.resolve(service), repository.resolve(service));
        }
    }

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void upShowsAFirstCallTakesOrdersAndLeavesNothingBehind() throws Exception {
        // Given
        var port = Integer.toString(FreePorts.find(1)[0]);
        var screen = home.resolve("up.txt");
        var up = launch(screen, "up", "--port", port);
        await().atMost(START)
                .until(() -> !up.isAlive() || Files.readString(screen).contains("Ctrl-C ends it."));

        // When
        var heard = exitCode("call", "--script", "greeting-and-goodbye");
        var failing = Files.writeString(home.resolve("failing.call"), """
                call +15005550006 from +14155550123
                language en
                hear goodbye within 1s
                """);
        var unheard = exitCode("call", "--script", failing.toString());
        var family = up.descendants().toList();
        up.destroy();

        // Then
        assertThat(Files.readString(screen))
                .contains("tool get_current_time: ok")
                .contains("the caller interrupts")
                .contains("the call is over: COMPLETED, ASSISTANT_HUNG_UP")
                .contains("Read back over REST")
                .contains("cost 0.")
                .contains("Centralita is running: http://localhost:" + port);
        assertThat(heard).isZero();
        assertThat(unheard).isNotZero();
        assertThat(family).hasSizeGreaterThan(SERVICES.size());
        assertThat(up.waitFor(END.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(END).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    private int exitCode(String... arguments) throws Exception {
        var process = launch(home.resolve(arguments[0] + ".txt"), arguments);
        assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process launch(Path screen, String... arguments) throws IOException {
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx512m",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-Dcentralita.home=" + home,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "centralita.local.Centralita"),
                        Stream.of(arguments))
                .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(screen.toFile());
        // Six services begin at once on a machine that they share with other tests: that is not too many calls.
        builder.environment().putAll(Map.of("GATEWAY_STRAIN_LATE_MS", "1000", "BRIDGE_STRAIN_LATE_MS", "1000"));
        var process = builder.start();
        started.add(process.toHandle());
        return process;
    }
}
