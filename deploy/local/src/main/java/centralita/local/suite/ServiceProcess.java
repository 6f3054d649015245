package centralita.local.suite;

import centralita.embedded.Guard;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One service as a child process, watched by the guard until it has ended. */
final class ServiceProcess {
    private static final Duration READY_LIMIT = Duration.ofSeconds(180);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

    private static final JsonMapper JSON = new JsonMapper();

    private final RunningService service;
    private final Process process;

    private ServiceProcess(RunningService service, Process process) {
        this.service = service;
        this.process = process;
    }

    /**
     * @param arguments of {@code java}
     * @param workingFolder its own; made when it does not exist
     * @param again whether what an earlier process of this name printed is kept
     * @throws LaunchException when there is no such program
     */
    static ServiceProcess start(
            String name,
            Module module,
            int port,
            List<String> arguments,
            Map<String, String> environment,
            Path workingFolder,
            Path log,
            boolean again,
            Guard guard) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(again ? Redirect.appendTo(log.toFile()) : Redirect.to(log.toFile()));
        // What is not for this service must not reach it by way of ours.
        builder.environment().keySet().removeIf(ServiceProcess::isSecretOfSome);
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(workingFolder);
            Files.createDirectories(log.toAbsolutePath().getParent());
            var process = builder.start();
            guard.watch(process.toHandle(), Guard.Signal.TERM);
            process.onExit().thenRun(() -> guard.forget(process.pid()));
            return new ServiceProcess(new RunningService(name, module, process.pid(), port, log), process);
        } catch (IOException e) {
            throw new LaunchException("The " + name + " did not start: " + e.getMessage() + ".", e);
        }
    }

    RunningService service() {
        return service;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** @throws LaunchException with what the service said last, when it ends or does not get ready in time */
    void awaitReady(HttpProbe probe) {
        var limit = Instant.now().plus(READY_LIMIT);
        while (Instant.now().isBefore(limit)) {
            if (!process.isAlive()) {
                throw new LaunchException(
                        "The " + service.name() + " did not start: " + lastWords() + " (log: " + service.log() + ")");
            }
            if (isReady(probe)) {
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
            if (Thread.interrupted()) {
                throw new LaunchException("The start was interrupted.");
            }
        }
        throw new LaunchException("The " + service.name() + " was not ready after " + READY_LIMIT.toSeconds() + " s: "
                + lastWords() + " (log: " + service.log() + ")");
    }

    private boolean isReady(HttpProbe probe) {
        try {
            return probe.get(service.url("/q/health/ready"), Map.of(), PROBE_LIMIT)
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Asks it to end; {@link #awaitEnd()} waits. */
    void askToEnd() {
        process.destroy();
    }

    /** @param polite when it has not ended by then, it is told in other words */
    void awaitEnd(Duration polite) {
        try {
            process.onExit().get(polite.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly().onExit().join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for " + service.name(), e);
        }
    }

    /** As a crash would: nothing is tidied up. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    private String lastWords() {
        List<String> lines;
        try (var all = Files.lines(service.log())) {
            lines = all.filter(line -> !line.isBlank()).toList();
        } catch (IOException | UncheckedIOException e) {
            return "its log cannot be read";
        }
        return lines.isEmpty() ? "it said nothing" : words(lines.getLast());
    }

    /** The sentence in a log line, whether it is text or JSON. */
    private static String words(String line) {
        if (!line.startsWith("{")) {
            return line.strip();
        }
        try {
            var json = JSON.readTree(line);
            var cause = json.path("exception").path("message").asText("");
            return json.path("message").asText(line).strip() + (cause.isEmpty() ? "" : ": " + cause);
        } catch (JsonProcessingException e) {
            return line;
        }
    }

    private static boolean isSecretOfSome(String variable) {
        return variable.startsWith("TWILIO_")
                || variable.startsWith("OPENAI_")
                || variable.startsWith("CENTRALITA_DATABASE_")
                || variable.equals("CENTRALITA_LINK_SECRET")
                || variable.equals("CENTRALITA_NUMBER_HASH_KEY")
                || variable.equals("PUBLIC_BASE_URL");
    }
}
