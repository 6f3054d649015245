package centralita.local.bench;

import centralita.local.machine.ProcessFigures;
import centralita.simulators.load.Entrance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Somebody else's relay, started by a shell in a process group of its own: whatever it starts is counted with it and
 * ended with it. Callers connect straight to its port.
 */
final class CommandSubject implements Subject {
    static final String NAME = "compared";

    private static final Logger LOG = Logger.getLogger(CommandSubject.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** A command of several processes may trip over its own start order; it gets more than one chance. */
    private static final int ATTEMPTS = 3;

    private static final int LAST_BYTES = 2_000;

    private final String command;
    private final URI model;
    private final Path output;
    private Process process;
    private int port;

    private CommandSubject(String command, URI model, Path output) throws IOException {
        this.command = command;
        this.model = model;
        this.output = output;
        this.port = freePort();
        this.process = launch();
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param command with {@code {port}}, {@code {modelPort}}, {@code {modelUrl}}, {@code {extraPort}} where it wants
     *     them; the same are in its environment
     * @throws IllegalStateException when it does not come up, with what it said
     */
    static CommandSubject start(String command, URI model) throws InterruptedException {
        try {
            Path output = Files.createTempFile("centralita-bench-relay", ".txt");
            var subject = new CommandSubject(command, model, output);
            try {
                subject.await();
            } catch (IllegalStateException | InterruptedException e) {
                subject.close();
                throw e;
            }
            return subject;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the relay to compare with", e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Entrance entrance() {
        return Entrance.direct(URI.create("ws://127.0.0.1:" + port + "/media-stream"));
    }

    @Override
    public Map<String, List<Long>> processes() {
        return Map.of("relay", ProcessFigures.group(process.pid()));
    }

    @Override
    public boolean jvm() {
        return false;
    }

    @Override
    public void check() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the compared relay ended by itself with " + process.exitValue() + ": " + lastWords());
        }
    }

    @Override
    public void close() {
        end();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            LOG.debugf(e, "a temporary file stays");
        }
    }

    private void await() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int attempt = 1;
        while (!listens()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the compared relay does not listen on its port after "
                        + PATIENCE.toSeconds() + " s: " + lastWords());
            }
            if (process.waitFor(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                if (++attempt > ATTEMPTS) {
                    check();
                }
                end();
                port = freePort();
                process = launch();
            }
        }
    }

    private Process launch() throws IOException {
        int extraPort = freePort();
        String text = command.replace("{port}", Integer.toString(port))
                .replace("{modelPort}", Integer.toString(model.getPort()))
                .replace("{modelUrl}", model.toString())
                .replace("{extraPort}", Integer.toString(extraPort));
        List<String> words = new ArrayList<>(List.of("sh", "-c", text));
        if (onPath("setsid")) {
            words.addFirst("setsid");
        }
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PORT", Integer.toString(port),
                        "EXTRA_PORT", Integer.toString(extraPort),
                        "MODEL_HOST", model.getHost(),
                        "MODEL_PORT", Integer.toString(model.getPort()),
                        "MODEL_URL", model.toString(),
                        "OPENAI_REALTIME_URL", model.toString(),
                        "OPENAI_API_KEY", "sk-load"));
        return builder.start();
    }

    private boolean listens() {
        try (var probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            LOG.tracef("not yet listening port=%d", port);
            return false;
        }
    }

    private void end() {
        signal("-TERM");
        if (!ended()) {
            signal("-KILL");
            if (!ended()) {
                LOG.errorf("processes of the compared relay stay group=%d", process.pid());
            }
        }
    }

    private boolean ended() {
        long deadline = System.nanoTime() + GRACE.toNanos();
        try {
            while (process.isAlive() || !ProcessFigures.group(process.pid()).isEmpty()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                if (process.isAlive()) {
                    process.waitFor(STEP.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    // Its children are not ours to wait for.
                    LockSupport.parkNanos(STEP.toNanos());
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String signal) {
        List<ProcessHandle> known = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        try {
            new ProcessBuilder("kill", signal, "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOG.debugf(e, "no kill on this machine");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        known.forEach("-KILL".equals(signal) ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
    }

    private String lastWords() {
        try {
            byte[] said = Files.readAllBytes(output);
            int from = Math.max(0, said.length - LAST_BYTES);
            String last = new String(said, from, said.length - from, StandardCharsets.UTF_8).strip();
            return last.isEmpty() ? "it said nothing" : last;
        } catch (IOException e) {
            return "what it said cannot be read";
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
