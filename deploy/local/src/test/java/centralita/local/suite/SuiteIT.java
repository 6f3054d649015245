package centralita.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path state;

    @Test
    void aSuiteLivesAndLeavesNothing() throws Exception {
        // Given
        var steps = new ArrayList<String>();
        List<Long> pids;

        // When
        try (var suite = Suite.start(FakeService.settings(state), steps::add);
                var probe = new HttpProbe()) {
            pids = pids(suite);

            // Then
            assertThat(suite.services().stream().map(RunningService::name))
                    .containsExactly(
                            "realtime-bridge-1",
                            "realtime-bridge-2",
                            "telephony-gateway",
                            "call-orchestrator",
                            "campaign-service",
                            "analytics-service");
            assertThat(steps).hasSize(8).contains("Starting 6 services ...");
            assertThat(status(probe, suite, "/q/health/ready")).isEqualTo(200);
            assertThat(owner(probe, suite, "/webhook/twilio")).isEqualTo("telephony-gateway");
            assertThat(owner(probe, suite, "/calls?limit=1")).isEqualTo("call-orchestrator");
            assertThat(owner(probe, suite, "/call/outbound")).isEqualTo("call-orchestrator");
            assertThat(owner(probe, suite, "/campaigns/1")).isEqualTo("campaign-service");
            assertThat(owner(probe, suite, "/analytics/summary")).isEqualTo("analytics-service");
            assertThat(RunFile.find(state).ingressUrl()).isEqualTo(suite.ingressUrl());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("run.json"))))
                    .isEqualTo("rw-------");
            assertThat(suite.token("admin")).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

            // When
            var killed = suite.service("realtime-bridge-2");
            suite.kill("realtime-bridge-2");

            // Then
            assertThat(status(probe, suite, "/q/health/ready")).isEqualTo(503);
            assertThat(suite.restart("realtime-bridge-2").pid()).isNotEqualTo(killed.pid());
            assertThat(status(probe, suite, "/q/health/ready")).isEqualTo(200);
        }
        assertThat(pids).noneMatch(SuiteIT::lives);
        assertThatThrownBy(() -> RunFile.find(state))
                .hasMessage(
                        "No suite is running here: start one with ./centralita up and try again from another shell.");
    }

    @Test
    void aServiceGetsTheSecretsOfItsOwnWorkOnly() throws Exception {
        var outside = Map.of(
                "OPENAI_REALTIME_URL", "ws://127.0.0.1:9/v1/realtime",
                "OPENAI_API_KEY", "sk-some-key",
                "TWILIO_AUTH_TOKEN", "some-token",
                "TWILIO_API_BASE_URL", "http://127.0.0.1:9",
                "PUBLIC_BASE_URL", "https://voice.example.test");
        try (var suite = Suite.start(FakeService.settings(state).withEnvironment(outside), Progress.silent());
                var probe = new HttpProbe()) {
            // When
            var gateway = environment(probe, suite, "telephony-gateway");
            var bridge = environment(probe, suite, "realtime-bridge-1");
            var analytics = environment(probe, suite, "analytics-service");

            // Then
            assertThat(gateway)
                    .contains("TWILIO_AUTH_TOKEN=some-token", "PUBLIC_BASE_URL=https://voice.example.test")
                    .noneMatch(line -> line.startsWith("OPENAI_"))
                    .noneMatch(line -> line.startsWith("TWILIO_ACCOUNT_SID"));
            assertThat(bridge)
                    .contains("OPENAI_API_KEY=sk-some-key", "OPENAI_REALTIME_URL=ws://127.0.0.1:9/v1/realtime")
                    .noneMatch(line -> line.startsWith("TWILIO_"));
            assertThat(analytics)
                    .contains("CENTRALITA_DATABASE_USER=postgres")
                    .anyMatch(line -> line.matches("CENTRALITA_DATABASE_URL=postgresql://127.0.0.1:\\d+/analytics"))
                    .noneMatch(line -> line.matches("(TWILIO_|OPENAI_|CENTRALITA_LINK_SECRET|CENTRALITA_NUMBER).*"));
        }
    }

    @Test
    void aServiceThatDoesNotStartIsToldInItsOwnWordsAndNothingStays() {
        // Given
        var settings = FakeService.settings(state).withProgram(FakeService.programs(Module.CALL_ORCHESTRATOR));

        // When, then
        assertThatThrownBy(() -> Suite.start(settings, Progress.silent()))
                .isInstanceOf(LaunchException.class)
                .hasMessage(
                        "The call-orchestrator did not start: REDIS_HOSTS must be an address that begins with redis://."
                                + " (log: " + state.resolve("logs/call-orchestrator.log") + ")");
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aBusyPortIsToldBeforeAnythingStarts() throws Exception {
        try (var other = new ServerSocket(0)) {
            var settings = FakeService.settings(state).withPort(other.getLocalPort());
            assertThatThrownBy(() -> Suite.start(settings, Progress.silent()))
                    .isInstanceOf(LaunchException.class)
                    .hasMessage("Port " + other.getLocalPort()
                            + " is in use by another program: end that one, or choose another port with --port.");
            assertThat(state).isEmptyDirectory();
        }
    }

    @Test
    void aMissingProgramIsToldBeforeAnythingStarts() {
        var settings = SuiteSettings.ofTest(state, state.resolve("state"));
        assertThatThrownBy(() -> Suite.start(settings, Progress.silent()))
                .isInstanceOf(LaunchException.class)
                .hasMessage("The realtime-bridge is not built ("
                        + state.resolve("realtime-bridge/target/quarkus-app/quarkus-run.jar")
                        + " is missing): run ./mvnw -Dquick -DskipTests package.");
    }

    @Test
    void aKilledLauncherLeavesNoProcessAndAStaleRunFileThatIsKnownAsSuch() throws Exception {
        // Given
        var launcher = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        state.toString()))
                .redirectError(state.resolve("launcher.err").toFile())
                .start();
        var reader = new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8));
        var pids = new ArrayList<Long>();
        for (var line = reader.readLine(); !"started".equals(line); line = reader.readLine()) {
            if (line == null) {
                throw new AssertionError(Files.readString(state.resolve("launcher.err")));
            }
            pids.add(Long.parseLong(line));
        }
        assertThat(pids).hasSize(8).allMatch(SuiteIT::lives);

        // When
        launcher.destroyForcibly().waitFor();

        // Then
        await().atMost(LIMIT).untilAsserted(() -> assertThat(pids).noneMatch(SuiteIT::lives));
        assertThat(state.resolve("run.json")).exists();
        assertThatThrownBy(() -> RunFile.find(state)).isInstanceOf(LaunchException.class);
        try (var next = Suite.start(FakeService.settings(state).withState(state, true), Progress.silent())) {
            assertThat(RunFile.find(state).pid())
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }

    /** Starts a suite of fakes with kept data, says all pids, and waits to be killed. */
    static final class Launcher {
        private Launcher() {}

        public static void main(String[] arguments) throws InterruptedException {
            var settings = FakeService.settings(Path.of(arguments[0])).withState(Path.of(arguments[0]), true);
            var suite = Suite.start(settings, Progress.silent());
            pids(suite).forEach(System.out::println);
            System.out.println("started");
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }

    private static List<Long> pids(Suite suite) {
        var pids = new ArrayList<Long>();
        suite.services().forEach(service -> pids.add(service.pid()));
        pids.addAll(suite.infrastructure().pids().values());
        return pids;
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static int status(HttpProbe probe, Suite suite, String path) throws IOException {
        return probe.get(URI.create(suite.ingressUrl() + path), Map.of(), LIMIT).statusCode();
    }

    private static String owner(HttpProbe probe, Suite suite, String path) throws IOException {
        return probe.get(URI.create(suite.ingressUrl() + path), Map.of(), LIMIT)
                .headers()
                .firstValue("X-Module")
                .orElseThrow();
    }

    private static List<String> environment(HttpProbe probe, Suite suite, String service) throws IOException {
        return probe.get(suite.service(service).url("/"), Map.of(), LIMIT)
                .body()
                .lines()
                .toList();
    }
}
