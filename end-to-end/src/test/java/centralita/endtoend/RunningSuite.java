package centralita.endtoend;

import centralita.local.suite.JvmSettings;
import centralita.local.suite.Progress;
import centralita.local.suite.RunningService;
import centralita.local.suite.Suite;
import centralita.local.suite.SuiteSettings;
import centralita.simulators.model.ModelStandIn;
import centralita.simulators.twilio.TwilioStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The one suite of a test JVM: data thrown away, free ports, every trace exported to {@link #collector()}, a key of the
 * model that is easy to find where it must not be.
 */
final class RunningSuite implements AutoCloseable {
    /** Given to the bridge as the model's key; the stand-in takes any. */
    static final String MODEL_KEY = "sk-canary-0f1e2d3c4b5a";

    private final Suite suite;
    private final TraceCollector collector;
    private final ModelStandIn model;
    private final Path state;

    private RunningSuite(Suite suite, TraceCollector collector, ModelStandIn model, Path state) {
        this.suite = suite;
        this.collector = collector;
        this.model = model;
        this.state = state;
    }

    static RunningSuite start() {
        Path repository = Path.of(System.getProperty("repository.root")).toAbsolutePath();
        TraceCollector collector = TraceCollector.listen();
        ModelStandIn model = ModelStandIn.start();
        try {
            Path state = Files.createTempDirectory("centralita-end-to-end");
            var quick = JvmSettings.quickStart();
            var options = Stream.concat(
                            quick.options().stream(),
                            Stream.of(
                                    "-Dquarkus.otel.exporter.otlp.endpoint=" + collector.url(),
                                    // Less patience with quiet calls than in life, and enough that two hundred callers
                                    // are not looked up all the time; services without it do not mind.
                                    "-Dorchestrator.reconcile.every=1s",
                                    "-Dorchestrator.reconcile.quiet-for=15s",
                                    "-Dorchestrator.reconcile.look-every=15s",
                                    // Tests share the machine with everything else; what is busy then is not
                                    // overloaded, and what stands still for two seconds is not dead.
                                    "-Dgateway.strain.late-ms=1000",
                                    "-Dbridge.strain.late-ms=1000",
                                    "-Dgateway.link.dead-ms=10000"))
                    .toList();
            var settings = SuiteSettings.ofTest(repository, state)
                    .withEnvironment(Map.of(
                            "OPENAI_API_KEY",
                            MODEL_KEY,
                            "OPENAI_REALTIME_URL",
                            // By a name, as it is in life.
                            model.realtimeUrl().toString().replace("127.0.0.1", "localhost"),
                            "OPENAI_API_BASE_URL",
                            model.apiUrl().toString()))
                    .withJvm(new JvmSettings(quick.maxHeapMb(), options));
            return new RunningSuite(Suite.start(settings, Progress.silent()), collector, model, state);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the suite", e);
        } catch (RuntimeException e) {
            model.close();
            collector.close();
            throw e;
        }
    }

    Suite suite() {
        return suite;
    }

    TraceCollector collector() {
        return collector;
    }

    ModelStandIn model() {
        return model;
    }

    TwilioStandIn twilio() {
        return suite.standIns().twilio().orElseThrow();
    }

    /** What every service has printed since its start, one file each. */
    List<Path> logs() {
        return suite.services().stream().map(RunningService::log).toList();
    }

    @Override
    public void close() {
        suite.close();
        model.close();
        collector.close();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a folder of the suite stays", e);
        }
    }
}
