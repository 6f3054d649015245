package centralita.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** PostgreSQL as a child process. As root it runs in a user namespace of its own, because it refuses to be root. */
final class PostgresPart {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private PostgresPart() {}

    static RunningPart start(Path dataFolder, Guard guard) {
        var pidFile = dataFolder.resolve("postmaster.pid");
        endLeftOver(pidFile, dataFolder);
        guard.watchPidFile(pidFile);
        EmbeddedPostgres server;
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(dataFolder)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(BinaryFolder.find().toFile())
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(START_LIMIT)
                    // Sockets in the temporary folder would clash and stay after a kill.
                    .setServerConfig("unix_socket_directories", "")
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new InfrastructureException("PostgreSQL did not start" + hint() + ": " + e.getMessage(), e);
        }
        var postmaster = ProcessHandle.of(readPid(pidFile))
                .orElseThrow(() -> new InfrastructureException("PostgreSQL ended right after its start."));
        guard.watch(postmaster, Guard.Signal.INT);
        guard.forget(pidFile);
        return new RunningPart(Part.POSTGRES, "127.0.0.1", server.getPort(), OptionalLong.of(postmaster.pid()), () -> {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot stop PostgreSQL", e);
            } finally {
                postmaster.destroy();
                Ledger.awaitEnd(postmaster);
                guard.forget(postmaster.pid());
            }
        });
    }

    /**
     * What a kill left: a server that nobody else ended, or only its pid file, which would keep the next server from
     * starting if its pid is somebody else's by now. The caller owns the folder, so no living centralita uses it.
     */
    private static void endLeftOver(Path pidFile, Path dataFolder) {
        if (!Files.exists(pidFile)) {
            return;
        }
        ProcessHandle.of(readPid(pidFile))
                .filter(process -> process.info().commandLine().orElse("").contains(dataFolder.toString()))
                .ifPresent(process -> {
                    process.destroy();
                    Ledger.awaitEnd(process);
                });
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + pidFile, e);
        }
    }

    private static long readPid(Path pidFile) {
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst().map(line -> Long.parseLong(line.strip())).orElse(0L);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        } catch (NumberFormatException e) {
            return 0L; // half-written by a server that was killed
        }
    }

    private static String hint() {
        return System.getProperty("user.name").equals("root")
                ? " (as root it needs \"unshare -U\", that is, user namespaces; a normal user needs nothing)"
                : "";
    }
}
