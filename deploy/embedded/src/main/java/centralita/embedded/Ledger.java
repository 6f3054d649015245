package centralita.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which children a process has, in a file that outlives it. The file is locked while it is in use: a lock goes with its
 * process, so whoever gets it knows that the processes listed belong to nobody any more.
 *
 * <p>One line per child: {@code pid start}, the start in ms since 1970, because a pid alone may meanwhile be another
 * process.
 */
final class Ledger {
    private static final String NAME = "children";
    /** The system tells a process's start only to about a second after clock corrections. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private static final long POLITE_SECONDS = 10;

    private final FileChannel file;
    private final Map<Long, Long> startMsByPid = new LinkedHashMap<>();

    private Ledger(FileChannel file) {
        this.file = file;
    }

    static Ledger open(Path folder) {
        try {
            Files.createDirectories(folder);
            var file = FileChannel.open(
                    folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!lock(file)) {
                file.close();
                throw new InfrastructureException("The folder " + folder
                        + " is in use: another centralita runs from it; end that one first (Ctrl-C).");
            }
            return new Ledger(file);
        } catch (IOException e) {
            throw new InfrastructureException(
                    "The folder " + folder + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very JVM
        }
    }

    /** Ends the processes that are listed and still live, and empties the list. */
    void endLeftOvers() {
        var leftOvers = new ArrayList<ProcessHandle>();
        for (var line : readLines()) {
            var fields = line.split(" ", 2);
            if (fields.length == 2) {
                ProcessHandle.of(Long.parseLong(fields[0]))
                        .filter(process -> startedAt(process, Long.parseLong(fields[1])))
                        .ifPresent(leftOvers::add);
            }
        }
        leftOvers.forEach(ProcessHandle::destroy);
        leftOvers.forEach(Ledger::awaitEnd);
        write();
    }

    void add(ProcessHandle child) {
        startMsByPid.put(child.pid(), startMs(child));
        write();
    }

    void remove(long pid) {
        startMsByPid.remove(pid);
        write();
    }

    /** The file stays, empty: removing it would let a third process lock a file that no longer has a name. */
    void close() {
        startMsByPid.clear();
        write();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the list of children", e);
        }
    }

    /** Waits for a process that was asked to end, and forces it after a while. */
    static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(POLITE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        }
    }

    private static boolean startedAt(ProcessHandle process, long startMs) {
        return Math.abs(startMs(process) - startMs) <= START_TOLERANCE.toMillis();
    }

    private static long startMs(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private List<String> readLines() {
        try {
            var bytes = ByteBuffer.allocate(Math.toIntExact(Math.min(file.size(), 1 << 16)));
            file.read(bytes, 0);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches("\\d{1,18} \\d{1,18}"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the list of children", e);
        }
    }

    private void write() {
        var text = new StringBuilder();
        startMsByPid.forEach(
                (pid, startMs) -> text.append(pid).append(' ').append(startMs).append('\n'));
        try {
            file.truncate(0);
            file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the list of children", e);
        }
    }
}
