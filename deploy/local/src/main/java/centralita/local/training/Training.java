package centralita.local.training;

import centralita.local.calls.CallDesk;
import centralita.local.suite.JvmSettings;
import centralita.local.suite.LaunchException;
import centralita.local.suite.Module;
import centralita.local.suite.Progress;
import centralita.local.suite.RunningService;
import centralita.local.suite.StartCache;
import centralita.local.suite.Suite;
import centralita.local.suite.SuiteSettings;
import centralita.simulators.caller.CallerScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs every service once, with calls, so that its JVM knows the next time what it will need. */
final class Training {
    /** Writing what was learned keeps a processor busy for some ten seconds per service. */
    private static final Duration WRITING = Duration.ofMinutes(5);

    private static final int CALLS = 30;
    private static final List<String> SCRIPTS = List.of("tool-call", "barge-in", "digits");

    private final Path repository;
    private final Progress progress;
    private final StartCache cache;

    Training(Path repository, Progress progress) {
        this.repository = repository;
        this.progress = progress;
        this.cache = StartCache.of(repository);
    }

    /** @throws LaunchException when the suite does not start, or a service keeps nothing */
    void run() throws InterruptedException {
        var state = temporaryFolder();
        var settings = SuiteSettings.of(repository, Map.of())
                .withState(state, false)
                .withPort(0)
                .withBridges(1)
                // The optimizing compiler is what asks which methods are hot.
                .withJvm(JvmSettings.production())
                .withProgram(this::inTraining);
        try (var suite = Suite.start(settings, progress)) {
            progress.step("Calls, so that every service has something to do ...");
            for (var script : SCRIPTS) {
                CallDesk.place(suite.standIns(), CallerScript.named(script), 1);
            }
            CallDesk.place(suite.standIns(), CallerScript.named("parrot"), CALLS);
            for (var service : suite.services()) {
                end(service);
            }
        }
    }

    private List<String> inTraining(Module module) {
        var arguments = new ArrayList<>(cache.learn(module));
        arguments.addAll(SuiteSettings.program(repository, module));
        return arguments;
    }

    private void end(RunningService service) throws InterruptedException {
        var process = ProcessHandle.of(service.pid());
        process.ifPresent(ProcessHandle::destroy);
        try {
            if (process.isPresent()) {
                process.get().onExit().get(WRITING.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new LaunchException("The " + service.name() + " did not end (log: " + service.log() + ").", e);
        }
        var file = cache.file(service.module());
        if (!Files.isRegularFile(file)) {
            throw new LaunchException("The " + service.name() + " kept nothing (log: " + service.log() + ").");
        }
        progress.step("%s: %.0f MB".formatted(service.name(), megabytes(file)));
    }

    private static double megabytes(Path file) {
        try {
            return Files.size(file) / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file, e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("centralita-training");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the suite", e);
        }
    }
}
