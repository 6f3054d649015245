package centralita.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sees to it that no child process outlives this JVM, even when the JVM is killed and runs no hook: a small shell reads a
 * pipe of which only we hold the other end, and ends what it was told to watch when the pipe breaks ({@code guard.sh}).
 * With a {@link Ledger} the children are also on file, so that a next start ends what is left if the guard itself was
 * killed, too.
 *
 * <p>Thread-safe. Whoever starts a child tells the guard at once, and takes it back when the child has ended, because a
 * pid may be given to another process later.
 */
public final class Guard implements AutoCloseable {
    /** What politely ends a kind of process. */
    public enum Signal {
        /** Most processes, also a JVM with its shutdown hooks. */
        TERM,
        /** PostgreSQL: end now; TERM would wait for its clients. */
        INT
    }

    private final Process shell;
    private final Optional<Ledger> ledger;
    private final Map<Long, Signal> watched = new HashMap<>();

    private Guard(Process shell, Optional<Ledger> ledger) {
        this.shell = shell;
        this.ledger = ledger;
    }

    /** A guard without memory. */
    public static Guard start() {
        return new Guard(startShell(), Optional.empty());
    }

    /**
     * A guard that first ends what an earlier one left behind.
     *
     * @param folder belongs to this guard until it is closed
     * @throws InfrastructureException when a living process uses the folder
     */
    public static Guard startIn(Path folder) {
        var ledger = Ledger.open(folder);
        ledger.endLeftOvers();
        return new Guard(startShell(), Optional.of(ledger));
    }

    public synchronized void watch(ProcessHandle child, Signal signal) {
        watched.put(child.pid(), signal);
        tell("watch " + signal + ":" + child.pid());
        ledger.ifPresent(book -> book.add(child));
    }

    /** The process that will write its id into this file. {@link #forget(Path)} it when its pid is known. */
    synchronized void watchPidFile(Path file) {
        tell("pidfile " + file.toAbsolutePath());
    }

    /** The folder goes when we go. */
    public synchronized void deleteAtEnd(Path folder) {
        tell("delete " + folder.toAbsolutePath());
    }

    public synchronized void forget(long pid) {
        watched.remove(pid);
        tell("forget " + pid);
        ledger.ifPresent(book -> book.remove(pid));
    }

    public synchronized void forget(Path path) {
        tell("forget " + path.toAbsolutePath());
    }

    /** The pids of the children that it watches now. */
    public synchronized List<Long> children() {
        return new ArrayList<>(watched.keySet());
    }

    /** The guard's own process, which ends with {@link #close()}. */
    public long pid() {
        return shell.pid();
    }

    /** Lets go without ending anybody: for when everything was stopped in good order. */
    @Override
    public synchronized void close() {
        tell("done");
        try {
            shell.getOutputStream().close();
            shell.waitFor();
        } catch (IOException e) {
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ledger.ifPresent(Ledger::close);
    }

    private void tell(String line) {
        try {
            var pipe = shell.getOutputStream();
            pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        } catch (IOException e) {
            // The guard was killed. We go on; only our own end in good order ends the children then.
            if (shell.isAlive()) {
                throw new UncheckedIOException("cannot tell the guard", e);
            }
        }
    }

    private static Process startShell() {
        var command = new ArrayList<String>();
        // A session of its own, where the system has the tool, so that a signal to our process group spares it.
        for (var setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
            if (command.isEmpty() && Files.isExecutable(Path.of(setsid))) {
                command.add(setsid);
            }
        }
        command.addAll(List.of("/bin/sh", "-c", script(), "centralita-guard"));
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new InfrastructureException(
                    "A shell (/bin/sh) is needed to guard the servers, and did not start: " + e.getMessage() + ".", e);
        }
    }

    private static String script() {
        try (var in = Guard.class.getResourceAsStream("guard.sh")) {
            if (in == null) {
                throw new IllegalStateException("guard.sh is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read guard.sh", e);
        }
    }
}
