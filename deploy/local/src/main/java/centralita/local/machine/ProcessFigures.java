package centralita.local.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What the kernel says of processes. Linux only: elsewhere there is nothing, and the report says so.
 *
 * @param cpuMs user and system time since the process began; the kernel counts it in ticks, mostly of 10 ms
 * @param residentBytes memory that is in RAM now, shared pages included
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public record ProcessFigures(long cpuMs, long residentBytes) {
    private static final Logger LOG = Logger.getLogger(ProcessFigures.class);
    private static final Path PROC = Path.of("/proc");
    /** Positions after the process's name, which may itself hold spaces and parentheses. */
    private static final int GROUP = 2;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int THREADS = 17;
    private static final long TICKS_PER_SECOND = ticksPerSecond();

    /** Sum over processes; one that has ended counts as nothing. Empty where there is no {@code /proc}. */
    public static Optional<ProcessFigures> of(List<Long> pids) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return Optional.empty();
        }
        long ticks = 0;
        long resident = 0;
        for (long pid : pids) {
            List<String> stat = stat(pid);
            if (!stat.isEmpty()) {
                ticks += Long.parseLong(stat.get(USER_TICKS)) + Long.parseLong(stat.get(SYSTEM_TICKS));
                resident += resident(pid);
            }
        }
        return Optional.of(new ProcessFigures(ticks * 1000 / TICKS_PER_SECOND, resident));
    }

    /** Processes of a process group; only the leader's where there is no {@code /proc}. */
    public static List<Long> group(long groupId) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return Stream.concat(
                            Stream.of(groupId),
                            ProcessHandle.of(groupId).stream()
                                    .flatMap(ProcessHandle::descendants)
                                    .map(ProcessHandle::pid))
                    .toList();
        }
        List<Long> members = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                List<String> stat = stat(pid);
                if (!stat.isEmpty() && Long.parseLong(stat.get(GROUP)) == groupId && !"Z".equals(stat.getFirst())) {
                    members.add(pid);
                }
            }
        } catch (IOException e) {
            LOG.warnf(e, "cannot list processes");
        }
        return members;
    }

    /** File descriptors that a process has open; empty where the system does not tell. */
    public static OptionalInt openFiles(long pid) {
        try (Stream<Path> files = Files.list(PROC.resolve(pid + "/fd"))) {
            return OptionalInt.of((int) files.count());
        } catch (IOException e) {
            LOG.debugf("no file descriptors are told pid=%d", pid);
            return OptionalInt.empty();
        }
    }

    /** Threads of a process; empty where the system does not tell. */
    public static OptionalInt threads(long pid) {
        List<String> stat = stat(pid);
        return stat.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(stat.get(THREADS)));
    }

    private static List<String> stat(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            return List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "));
        } catch (IOException e) {
            LOG.debugf("a process has ended pid=%d", pid);
            return List.of();
        }
    }

    private static long resident(long pid) {
        try (Stream<String> status = Files.lines(PROC.resolve(pid + "/status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            LOG.debugf("a process has ended pid=%d", pid);
            return 0;
        }
    }

    private static long ticksPerSecond() {
        try {
            Process getconf = new ProcessBuilder("getconf", "CLK_TCK").start();
            String answer = new String(getconf.getInputStream().readAllBytes()).strip();
            getconf.waitFor(1, TimeUnit.SECONDS);
            return Long.parseLong(answer);
        } catch (IOException | NumberFormatException e) {
            LOG.debugf(e, "getconf does not say the clock's tick");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 100;
    }
}
