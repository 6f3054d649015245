package centralita.local.bench;

import centralita.local.machine.Cores;
import centralita.local.suite.JvmSettings;
import centralita.local.suite.Module;
import centralita.local.suite.Progress;
import centralita.local.suite.RunningService;
import centralita.local.suite.Suite;
import centralita.local.suite.SuiteSettings;
import centralita.simulators.load.Entrance;
import centralita.simulators.load.WebhookEntrance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Gateway and bridge of a suite of its own, with the load as model and as Twilio. Callers go to the gateway itself: the
 * local ingress is no part of what is measured.
 */
final class SuiteSubject implements Subject {
    static final String NAME = "centralita";

    private static final Logger LOG = Logger.getLogger(SuiteSubject.class);
    /** Any number does: the stand-in assistants answer all. */
    private static final String CALLED = "+15005550006";

    private static final Set<Module> MEASURED = EnumSet.of(Module.TELEPHONY_GATEWAY, Module.REALTIME_BRIDGE);
    private static final int MOST_CALLS = 10_000;
    private static final String NEVER_LATE_MS = "60000";
    private static final String MEASURED_PROCESSOR = "0";

    private final Suite suite;
    private final Path state;
    private final WebhookEntrance entrance;

    private SuiteSubject(Suite suite, Path state) {
        this.suite = suite;
        this.state = state;
        this.entrance = new WebhookEntrance(
                suite.publicBaseUrl(),
                only(suite, Module.TELEPHONY_GATEWAY).url(""),
                suite.twilioAccountSid(),
                suite.twilioAuthToken(),
                CALLED);
    }

    /**
     * Starts it with the JVM settings of production. Services that carry no audio and answer no webhook end when they have done
     * what those need of them at the start: elsewhere they have machines of their own.
     *
     * @param repository folder of the sources, where the services are built
     * @param onOneCore whether gateway and bridge share processor 0, and everything else has the others
     * @throws centralita.local.suite.LaunchException when it does not come up
     */
    static SuiteSubject start(Path repository, URI model, int bridges, boolean onOneCore, Progress progress) {
        try {
            Path state = Files.createTempDirectory("centralita-bench");
            var settings = SuiteSettings.ofTest(repository, state)
                    .withBridges(bridges)
                    .withEnvironment(Map.of("OPENAI_REALTIME_URL", model.toString()))
                    .withDetours((_, module, _, environment) -> withRoom(module, environment))
                    .withJvm(onOneCore ? JvmSettings.production().onOneProcessor() : JvmSettings.production());
            var subject = new SuiteSubject(Suite.start(settings, progress), state);
            try {
                subject.others().forEach(subject.suite::stop);
                if (onOneCore) {
                    subject.pin();
                }
                return subject;
            } catch (RuntimeException e) {
                subject.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the suite", e);
        }
    }

    /** What is measured is what a process can carry, not what it is told to take. */
    private static Map<String, String> withRoom(Module module, Map<String, String> environment) {
        var roomy = new HashMap<>(environment);
        switch (module) {
            case REALTIME_BRIDGE -> {
                roomy.put("CENTRALITA_BRIDGE_CAPACITY", Integer.toString(MOST_CALLS));
                roomy.put("BRIDGE_STRAIN_LATE_MS", NEVER_LATE_MS);
            }
            case TELEPHONY_GATEWAY -> {
                roomy.put("GATEWAY_MAX_CALLS", Integer.toString(MOST_CALLS));
                roomy.put("GATEWAY_STRAIN_LATE_MS", NEVER_LATE_MS);
            }
            case CALL_ORCHESTRATOR, CAMPAIGN_SERVICE, ANALYTICS_SERVICE -> {}
        }
        return roomy;
    }

    private void pin() {
        int processors = Runtime.getRuntime().availableProcessors();
        if (processors < 2) {
            throw new IllegalStateException(
                    "one processor for what is measured and one for the rest: there is only one");
        }
        var rest = "1-" + (processors - 1);
        Cores.pin(processes().values().stream().flatMap(List::stream).toList(), MEASURED_PROCESSOR);
        Cores.pin(
                Stream.concat(
                                Stream.of(ProcessHandle.current().pid()),
                                companions().map(ProcessHandle::pid))
                        .toList(),
                rest);
    }

    /** All processes that we have begun, but those that are measured. */
    private Stream<ProcessHandle> companions() {
        return ProcessHandle.current()
                .descendants()
                .filter(process ->
                        processes().values().stream().noneMatch(measured -> measured.contains(process.pid())));
    }

    /** Services that no audio and no webhook waits for. */
    private List<String> others() {
        return suite.services().stream()
                .filter(service -> !MEASURED.contains(service.module()))
                .map(RunningService::name)
                .toList();
    }

    /** The suite's only bridge ends as in a crash. */
    void endBridge() {
        suite.kill(only(suite, Module.REALTIME_BRIDGE).name());
    }

    /** The suite's only bridge starts again; returns when it is ready. */
    void startBridge() {
        suite.restart(only(suite, Module.REALTIME_BRIDGE).name());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Entrance entrance() {
        return entrance;
    }

    @Override
    public Map<String, List<Long>> processes() {
        return Map.of("gateway", pids(Module.TELEPHONY_GATEWAY), "bridge", pids(Module.REALTIME_BRIDGE));
    }

    @Override
    public boolean jvm() {
        return true;
    }

    @Override
    public void check() {
        for (RunningService service : suite.services()) {
            if (MEASURED.contains(service.module())
                    && ProcessHandle.of(service.pid())
                            .filter(ProcessHandle::isAlive)
                            .isEmpty()) {
                throw new IllegalStateException(service.name() + " has ended; its log is " + service.log());
            }
        }
    }

    @Override
    public void close() {
        entrance.close();
        suite.close();
        try (Stream<Path> files = Files.walk(state)) {
            files.sorted(Comparator.reverseOrder()).forEach(SuiteSubject::delete);
        } catch (IOException e) {
            LOG.debugf(e, "a temporary folder stays");
        }
    }

    private List<Long> pids(Module module) {
        return suite.services().stream()
                .filter(service -> service.module() == module)
                .map(RunningService::pid)
                .toList();
    }

    private static RunningService only(Suite suite, Module module) {
        return suite.services().stream()
                .filter(service -> service.module() == module)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the suite has no " + module.folder()));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debugf(e, "a temporary file stays");
        }
    }
}
