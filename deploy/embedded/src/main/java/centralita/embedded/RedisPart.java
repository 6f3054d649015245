package centralita.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** Redis as a child process. Kept data is an append-only file, so that a kill loses at most its last second. */
final class RedisPart {
    private static final int TRIES = 3;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private RedisPart() {}

    static RunningPart start(Path dataFolder, boolean kept, Guard guard) {
        var program = program();
        String lastLine = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = FreePorts.find(1)[0];
            var log = dataFolder.resolve("redis.log");
            var process = launch(program, port, dataFolder, kept, log);
            guard.watch(process.toHandle(), Guard.Signal.TERM);
            if (answers(process, port)) {
                return new RunningPart(
                        Part.REDIS, "127.0.0.1", port, OptionalLong.of(process.pid()), () -> stop(process, guard));
            }
            stop(process, guard);
            lastLine = lastLine(log);
        }
        throw new InfrastructureException("Redis did not start: " + lastLine);
    }

    private static Path program() {
        var resource = ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
        if (resource == null) {
            throw new InfrastructureException("There is no Redis for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + ".");
        }
        return BinaryFolder.unpack(ExecutableProvider.class, resource);
    }

    private static Process launch(Path program, int port, Path dataFolder, boolean kept, Path log) {
        var command = new ArrayList<>(List.of(program.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", dataFolder.toString(), "--save", ""));
        command.addAll(List.of("--appendonly", kept ? "yes" : "no", "--daemonize", "no"));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new InfrastructureException("Redis did not start: " + e.getMessage() + ".", e);
        }
    }

    private static boolean answers(Process process, int port) {
        var limit = Instant.now().plus(START_LIMIT);
        while (process.isAlive() && Instant.now().isBefore(limit)) {
            if (ping(port)) {
                // Somebody else's Redis may have taken the port first; ours has ended then.
                return process.isAlive();
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return false;
    }

    private static boolean ping(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false; // not yet, or still loading its data
        }
    }

    private static void stop(Process process, Guard guard) {
        process.destroy();
        Ledger.awaitEnd(process.toHandle());
        guard.forget(process.pid());
    }

    private static String lastLine(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException e) {
            return "its log cannot be read (" + e.getMessage() + ")";
        }
    }
}
