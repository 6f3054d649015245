package centralita.local.suite;

import centralita.embedded.FreePorts;
import centralita.embedded.Guard;
import centralita.embedded.Infrastructure;
import centralita.local.ingress.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/**
 * The suite's services: child JVMs on ports that are chosen before anything starts, so that the ingress can know them.
 * Thread-safe.
 */
final class Services {
    /** A service lets requests finish for five seconds. Calls end with the suite. */
    private static final Duration WHEN_ALL_END = Duration.ofSeconds(15);
    /** A bridge gives its calls away, or lets them go on for 20 s when there is nobody to give them to. */
    private static final Duration WHEN_ONE_ENDS = Duration.ofSeconds(30);

    private final SuiteSettings settings;
    private final Progress progress;
    private final Map<String, Plan> plans = new LinkedHashMap<>();
    /** Guards itself and {@link #stopping}. */
    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();

    private boolean stopping;

    /** A service as it is to be started, again and again if need be. */
    private record Plan(String name, Module module, int port) {}

    /** What a service is started with beside its plan. */
    record Surroundings(Wiring wiring, Wiring.Addresses addresses, Infrastructure infrastructure, Guard guard) {}

    /** Chooses names and ports; starts nothing. */
    Services(SuiteSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        var names = new LinkedHashMap<String, Module>();
        for (var module : Module.values()) {
            int count = settings.processesOf(module);
            for (int i = 1; i <= count; i++) {
                names.put(
                        count > 1 || module == Module.REALTIME_BRIDGE ? module.folder() + "-" + i : module.folder(),
                        module);
            }
        }
        var ports = FreePorts.find(names.size());
        int next = 0;
        for (var name : names.entrySet()) {
            plans.put(name.getKey(), new Plan(name.getKey(), name.getValue(), ports[next++]));
        }
    }

    List<Upstream> upstreams() {
        return plans.values().stream()
                .map(plan -> new Upstream(plan.name(), plan.module().owner(), plan.port()))
                .toList();
    }

    /**
     * Starts all of them and returns when each is ready.
     *
     * @throws LaunchException when one does not start; the others may be running then
     */
    void startAll(Surroundings surroundings) {
        var began = Instant.now();
        tell("Starting " + plans.size() + " services ...");
        plans.values().forEach(plan -> launch(plan, surroundings, false));
        try (var probe = new HttpProbe();
                var threads = Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("await-ready-", 0).factory())) {
            var ready = new ArrayList<CompletableFuture<Void>>();
            var failed = new CompletableFuture<Void>();
            for (var process : all()) {
                var one = CompletableFuture.runAsync(
                        () -> {
                            process.awaitReady(probe);
                            tell(process.service().name() + " is ready (" + Suite.seconds(began) + ").");
                        },
                        threads);
                one.exceptionally(failure -> {
                    failed.completeExceptionally(failure);
                    return null;
                });
                ready.add(one);
            }
            try {
                CompletableFuture.anyOf(failed, CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)))
                        .join();
            } catch (CompletionException e) {
                // The first failure is the one to tell; the others would only wait for what will not come.
                threads.shutdownNow();
                throw e.getCause() instanceof LaunchException known
                        ? known
                        : new LaunchException("A service did not start: " + e.getCause(), e);
            }
        }
    }

    private ServiceProcess launch(Plan plan, Surroundings surroundings, boolean again) {
        var infrastructure = surroundings.infrastructure();
        var database = plan.module()
                .database()
                .map(name -> new Wiring.Database(
                        infrastructure.databaseUrl(name),
                        infrastructure.databaseUser(),
                        infrastructure.databasePassword()));
        var arguments = new ArrayList<>(settings.jvm().arguments());
        arguments.addAll(settings.program().arguments(plan.module()));
        var process = ServiceProcess.start(
                plan.name(),
                plan.module(),
                plan.port(),
                arguments,
                settings.detours()
                        .of(
                                plan.name(),
                                plan.module(),
                                plan.port(),
                                surroundings
                                        .wiring()
                                        .environment(plan.module(), plan.port(), surroundings.addresses(), database)),
                settings.state().resolve("work").resolve(plan.name()),
                settings.state().resolve("logs").resolve(plan.name() + ".log"),
                again,
                surroundings.guard());
        synchronized (processes) {
            processes.put(plan.name(), process);
            if (stopping) {
                process.kill();
                throw new LaunchException("The start was interrupted.");
            }
        }
        return process;
    }

    void stopAll() {
        List<ServiceProcess> all;
        synchronized (processes) {
            stopping = true;
            all = List.copyOf(processes.values());
        }
        all.forEach(ServiceProcess::askToEnd);
        all.forEach(process -> process.awaitEnd(WHEN_ALL_END));
    }

    /** As they run now; a restarted one has another pid. */
    List<RunningService> running() {
        return all().stream().map(ServiceProcess::service).toList();
    }

    RunningService named(String name) {
        return process(name).service();
    }

    void kill(String name) {
        process(name).kill();
    }

    void stop(String name) {
        var process = process(name);
        process.askToEnd();
        process.awaitEnd(WHEN_ONE_ENDS);
    }

    RunningService restart(String name, Surroundings surroundings) {
        stop(name);
        var plan = Optional.ofNullable(plans.get(name)).orElseThrow(() -> unknown(name));
        var process = launch(plan, surroundings, true);
        try (var probe = new HttpProbe()) {
            process.awaitReady(probe);
        }
        return process.service();
    }

    private List<ServiceProcess> all() {
        synchronized (processes) {
            return List.copyOf(processes.values());
        }
    }

    private ServiceProcess process(String name) {
        synchronized (processes) {
            return Optional.ofNullable(processes.get(name)).orElseThrow(() -> unknown(name));
        }
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no service " + name);
    }

    private void tell(String sentence) {
        synchronized (progress) {
            progress.step(sentence);
        }
    }
}
