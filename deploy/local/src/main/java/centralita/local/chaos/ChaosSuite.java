package centralita.local.chaos;

import centralita.local.suite.JvmSettings;
import centralita.local.suite.Progress;
import centralita.local.suite.RunningService;
import centralita.local.suite.Suite;
import centralita.local.suite.SuiteSettings;
import centralita.simulators.continuity.SessionLog;
import centralita.simulators.model.ModelStandIn;
import centralita.simulators.model.ModelStandInOptions;
import centralita.simulators.twilio.TwilioStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The suite of a run, its stand-ins and its witnesses. */
public final class ChaosSuite implements AutoCloseable {
    /** Easy to find where it must not be; the stand-in takes any key. */
    private static final String MODEL_KEY = "sk-canary-7d1f0c5e9b2a";

    private static final String STANDBY_KEY = "sk-canary-2c8e4a6b0d1f";
    private static final String FACTS = "analytics";
    private static final Logger LOG = Logger.getLogger(ChaosSuite.class);

    private final Path state;
    private final SessionLog sessions;
    private final List<ModelStandIn> models;
    private final Detours detours;
    private final Suite suite;
    private final Unspeakable unspeakable;
    private final LifecycleLog lifecycle;

    private ChaosSuite(Path state, SessionLog sessions, List<ModelStandIn> models, Detours detours, Suite suite) {
        this.state = state;
        this.sessions = sessions;
        this.models = List.copyOf(models);
        this.detours = detours;
        this.suite = suite;
        unspeakable = Unspeakable.of(state.resolve("secrets"), List.of(MODEL_KEY, STANDBY_KEY));
        lifecycle = new LifecycleLog(suite.kafkaBootstrapServers(), unspeakable);
    }

    /**
     * @param repository folder of the sources, where the services are built
     * @param jvm of the services
     */
    public static ChaosSuite start(ChaosOrder order, Path repository, JvmSettings jvm, Progress progress) {
        var sessions = new SessionLog();
        var usual = ModelStandInOptions.defaults().withWitness(sessions);
        var options = order.sessionLimit().map(usual::withSessionLimit).orElse(usual);
        var models = List.of(ModelStandIn.start(options), ModelStandIn.start(options));
        var model = models.getFirst();
        var detours = new Detours(order.kinds().contains(FaultKind.LINK_SWALLOWED));
        try {
            var state = Files.createTempDirectory("centralita-chaos");
            var settings = SuiteSettings.ofTest(repository, state)
                    .withBridges(order.bridges())
                    .withGateways(order.gateways())
                    .withEnvironment(Map.of(
                            "OPENAI_API_KEY",
                            MODEL_KEY,
                            "OPENAI_REALTIME_URL",
                            model.realtimeUrl().toString(),
                            "OPENAI_API_BASE_URL",
                            model.apiUrl().toString()))
                    .withDetours(detours)
                    .withJvm(withStandby(jvm, models.getLast()));
            return new ChaosSuite(state, sessions, models, detours, Suite.start(settings, progress));
        } catch (IOException e) {
            models.forEach(ModelStandIn::close);
            detours.close();
            throw new UncheckedIOException("cannot make a folder for the suite", e);
        } catch (RuntimeException e) {
            models.forEach(ModelStandIn::close);
            detours.close();
            throw e;
        }
    }

    /** A second provider: what a deployment without one would do when the first has no money is to end calls politely. */
    private static JvmSettings withStandby(JvmSettings jvm, ModelStandIn standby) {
        var provider = "-Dbridge.model.providers.standby.";
        return new JvmSettings(
                jvm.maxHeapMb(),
                Stream.concat(
                                jvm.options().stream(),
                                Stream.of(
                                        provider + "url=" + standby.realtimeUrl(),
                                        provider + "key=" + STANDBY_KEY,
                                        provider + "model=standby",
                                        // Without it nobody knows what callers said to it when its sessions are lost,
                                        // too.
                                        provider + "transcription-model=gpt-transcribe"))
                        .toList());
    }

    public Suite suite() {
        return suite;
    }

    /** The preferred provider's, then the other's. */
    List<ModelStandIn> models() {
        return models;
    }

    public TwilioStandIn twilio() {
        return suite.standIns().twilio().orElseThrow();
    }

    public SessionLog sessions() {
        return sessions;
    }

    Detours detours() {
        return detours;
    }

    LifecycleLog lifecycle() {
        return lifecycle;
    }

    /** Events that the analytics service has applied, each once; -1 when it cannot be asked. */
    long appliedEvents() {
        var servers = suite.infrastructure();
        try (var connection = DriverManager.getConnection(
                        "jdbc:" + servers.databaseUrl(FACTS), servers.databaseUser(), servers.databasePassword());
                var query = connection.prepareStatement("select count(*) from inbox");
                var rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException e) {
            LOG.warnf("the applied events cannot be counted reason=%s", e.getSQLState());
            return -1;
        }
    }

    /** Lines of logs and events that hold what they may not. */
    long leaks() {
        return lifecycle.leaks()
                + suite.services().stream()
                        .map(RunningService::log)
                        .mapToLong(unspeakable::linesIn)
                        .sum();
    }

    @Override
    public void close() {
        lifecycle.close();
        suite.close();
        models.forEach(ModelStandIn::close);
        detours.close();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debugf(e, "a temporary folder stays");
        }
    }
}
