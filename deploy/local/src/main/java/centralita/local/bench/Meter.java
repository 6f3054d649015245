package centralita.local.bench;

import centralita.local.bench.Measurement.Role;
import centralita.local.machine.HeapFigures;
import centralita.local.machine.ProcessFigures;
import centralita.simulators.load.LoadModel;
import centralita.simulators.load.LoadPlan;
import centralita.simulators.load.LoadResult;
import centralita.simulators.load.LoadRun;
import centralita.simulators.load.socket.SocketLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a load on a subject and reads the kernel's and the JVMs' books beside it. */
final class Meter {
    private static final double KIB = 1024.0;

    private final SocketLoop loop;
    private final LoadModel model;
    private final AtomicReference<@Nullable LoadRun> running = new AtomicReference<>();
    private volatile boolean stopped;

    Meter(SocketLoop loop, LoadModel model) {
        this.loop = loop;
        this.model = model;
    }

    /** Ends the run that is on, if any, and refuses further ones. */
    void stop() {
        stopped = true;
        LoadRun run = running.get();
        if (run != null) {
            run.stop();
        }
    }

    boolean stopped() {
        return stopped;
    }

    Measurement measure(Subject subject, LoadPlan plan, int round) throws InterruptedException {
        subject.check();
        Map<String, Books> idle = books(subject, subject.jvm());
        var window = new Readings(subject);
        var run = new LoadRun(plan, subject.entrance(), model, loop);
        running.set(run);
        LoadResult result;
        try {
            result = run.run(window);
        } finally {
            running.set(null);
        }
        subject.check();
        return window.measurement(subject, plan, round, result, idle);
    }

    /** What is known of one role's processes at one moment. */
    private record Books(Optional<ProcessFigures> process, OptionalLong heap) {}

    private static Map<String, Books> books(Subject subject, boolean heap) {
        return subject.processes().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, role -> books(role.getValue(), heap)));
    }

    private static Books books(List<Long> pids, boolean heap) {
        OptionalLong live = heap ? HeapFigures.live(pids) : OptionalLong.empty();
        return new Books(ProcessFigures.of(pids), live);
    }

    private static final class Readings implements LoadRun.Window {
        private final Subject subject;
        private Map<String, Books> opened = Map.of();
        private Map<String, Books> closed = Map.of();
        private Map<String, Books> collected = Map.of();
        private long generatorCpuMs;

        private Readings(Subject subject) {
            this.subject = subject;
        }

        @Override
        public void opened() {
            opened = books(subject, false);
            generatorCpuMs = -ownCpuMs();
        }

        @Override
        public void closed() {
            closed = books(subject, false);
            generatorCpuMs += ownCpuMs();
            collected = subject.jvm() ? books(subject, true) : Map.of();
        }

        private Measurement measurement(
                Subject measured, LoadPlan plan, int round, LoadResult result, Map<String, Books> idle) {
            double callSeconds = plan.calls() * result.windowSeconds();
            Map<String, Role> roles = new TreeMap<>();
            closed.forEach((name, after) -> {
                Books before = opened.get(name);
                Books none = idle.get(name);
                if (before != null && none != null && after.process().isPresent()) {
                    roles.put(name, role(none, before, after, collected.get(name), plan.calls(), callSeconds));
                }
            });
            Double cpu = roles.isEmpty()
                    ? null
                    : (Double) roles.values().stream()
                            .mapToDouble(Role::cpuMsPerCallSecond)
                            .sum();
            return new Measurement(
                    measured.name(), plan.calls(), round, result, cpu, roles, generatorCpuMs / callSeconds);
        }

        private static Role role(
                Books idle, Books before, Books after, @Nullable Books collected, int calls, double callSeconds) {
            long cpuMs = after.process().orElseThrow().cpuMs()
                    - before.process().orElseThrow().cpuMs();
            long idleBytes = idle.process().orElseThrow().residentBytes();
            long bytes = after.process().orElseThrow().residentBytes();
            Double heap = collected == null
                            || collected.heap().isEmpty()
                            || idle.heap().isEmpty()
                    ? null
                    : (Double) ((collected.heap().getAsLong() - idle.heap().getAsLong()) / KIB / calls);
            return new Role(
                    cpuMs / callSeconds,
                    idleBytes / KIB / KIB,
                    bytes / KIB / KIB,
                    (bytes - idleBytes) / KIB / calls,
                    heap);
        }

        private static long ownCpuMs() {
            return ProcessFigures.of(List.of(ProcessHandle.current().pid()))
                    .map(ProcessFigures::cpuMs)
                    .orElse(0L);
        }
    }
}
