package centralita.local.suite;

import centralita.embedded.Guard;
import centralita.embedded.Infrastructure;
import centralita.embedded.InfrastructureException;
import centralita.embedded.Part;
import centralita.embedded.Storage;
import centralita.local.ingress.Ingress;
import centralita.local.ingress.PortInUseException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running suite: servers and stand-ins in this JVM or as its children, services as its children, and the ingress in
 * front of them. One {@link Guard} watches all children, so that none outlives this JVM.
 *
 * <p>Thread-safe after the start. Closing stops everything in the opposite order of its start.
 */
public final class Suite implements AutoCloseable {
    private final SuiteSettings settings;
    private final Progress progress;
    private final ClosingSteps steps = new ClosingSteps();

    private @Nullable Services services;
    private @Nullable Wiring wiring;
    private Wiring.@Nullable Addresses addresses;
    private @Nullable Guard guard;
    private @Nullable Ingress ingress;
    private @Nullable Infrastructure infrastructure;
    private @Nullable StandIns standIns;
    private UnaryOperator<RunFile> announced = UnaryOperator.identity();
    /** The thread that is starting the suite; null before and after. */
    private volatile @Nullable Thread starter;

    /** A suite that does not run yet. */
    public Suite(SuiteSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** A suite that runs: {@link #start()} of a new one. */
    public static Suite start(SuiteSettings settings, Progress progress) {
        var suite = new Suite(settings, progress);
        suite.start();
        return suite;
    }

    /**
     * Starts everything and returns when every service is ready. Another thread may close the suite meanwhile.
     *
     * @throws LaunchException when something is wrong; nothing is left running then
     */
    public void start() {
        starter = Thread.currentThread();
        try {
            startAll();
        } catch (InfrastructureException | PortInUseException e) {
            close();
            throw new LaunchException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        } finally {
            starter = null;
        }
    }

    private void startAll() {
        // First what is cheap to find out and can only be put right by the user.
        var outside = OutsideVariables.parse(settings.environment());
        for (var module : Module.values()) {
            settings.program().arguments(module);
        }
        Ingress.requireFree(settings.port());
        OpenAiKey.check(outside);
        StateFolder.prepare(settings);

        var watch = Guard.startIn(settings.state());
        guard = watch;
        steps.began("guard", () -> {
            // A suite that is closed in the middle of its start may have a server that nobody knows yet: then the guard
            // stays until this JVM ends, and ends what is left.
            var starting = starter;
            if (starting == null || starting == Thread.currentThread()) {
                watch.close();
            }
        });
        if (settings.fresh()) {
            StateFolder.forgetData(settings.state());
        }
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        steps.began(
                "ingress",
                () -> vertx.close().toCompletionStage().toCompletableFuture().join());
        var fleet = new Services(settings, progress);
        services = fleet;
        var gate = Ingress.listen(vertx, fleet.upstreams(), settings.port());
        ingress = gate;

        var ways = new Wiring(
                outside,
                Secrets.in(settings.state().resolve("secrets")),
                outside.publicBaseUrl().orElse(ingressUrl()));
        wiring = ways;
        var began = Instant.now();
        var servers = CompletableFuture.supplyAsync(
                () -> startInfrastructure(outside, watch),
                runnable -> Thread.ofPlatform().daemon().name("start-servers").start(runnable));
        try {
            var doubles = StandIns.start(outside, ways);
            standIns = doubles;
            steps.began("stand-ins", doubles::close);
        } finally {
            // Also when a stand-in failed: whatever has started must be known to close().
            servers.exceptionally(_ -> null).join();
        }
        infrastructure = joined(servers);
        addresses = addresses(outside);
        outside.kafkaBootstrapServers()
                .ifPresentOrElse(
                        _ -> {}, () -> KafkaTopics.make(addressesOrFail().kafkaBootstrapServers()));
        progress.step("PostgreSQL, Redis and Kafka are ready (" + seconds(began) + ").");

        steps.began("services", fleet::stopAll);
        fleet.startAll(surroundings());
        if (standInsOrFail().twilio().isPresent()) {
            StandInNumbers.assign(ingressUrl(), token("admin"));
        }
        writeRunFile();
        steps.began("run file", () -> RunFile.remove(settings.state()));
    }

    private Infrastructure startInfrastructure(OutsideVariables outside, Guard watch) {
        var parts = EnumSet.allOf(Part.class);
        outside.kafkaBootstrapServers().ifPresent(_ -> parts.remove(Part.KAFKA));
        outside.redisHosts().ifPresent(_ -> parts.remove(Part.REDIS));
        var storage =
                settings.keepData() ? new Storage.Kept(StateFolder.data(settings.state())) : new Storage.ThrownAway();
        var servers = Infrastructure.start(parts, storage, watch);
        steps.began("PostgreSQL, Redis and Kafka", servers::close);
        return servers;
    }

    private Wiring.Addresses addresses(OutsideVariables outside) {
        var servers = infrastructure();
        return new Wiring.Addresses(
                outside.kafkaBootstrapServers().orElseGet(servers::kafkaBootstrapServers),
                outside.redisHosts().orElseGet(servers::redisHosts),
                standInsOrFail().twilioApi(),
                standInsOrFail().realtimeModel());
    }

    /** Where the phone's provider reaches the suite: what webhooks are signed for. */
    public URI publicBaseUrl() {
        return wiringOrFail().publicBaseUrl();
    }

    /** Where the suite is on this machine, without trailing slash. */
    public URI ingressUrl() {
        var gate = ingress;
        if (gate == null) {
            throw new IllegalStateException("the ingress does not listen yet");
        }
        return URI.create("http://localhost:" + gate.port());
    }

    /** The services as they run now; a restarted one has another pid. */
    public List<RunningService> services() {
        return servicesOrFail().running();
    }

    /** @param name as {@code realtime-bridge-1} */
    public RunningService service(String name) {
        return servicesOrFail().named(name);
    }

    /** Ends a service as a crash would, for tests of what happens then. */
    public void kill(String name) {
        servicesOrFail().kill(name);
    }

    /** Ends a service politely, if it still runs. */
    public void stop(String name) {
        servicesOrFail().stop(name);
    }

    /** Starts a service that was stopped or killed, on the same port, and returns when it is ready. */
    public RunningService restart(String name) {
        var restarted = servicesOrFail().restart(name, surroundings());
        writeRunFile();
        return restarted;
    }

    /** The servers, for tests that stop one or look into it. */
    public Infrastructure infrastructure() {
        var servers = infrastructure;
        if (servers == null) {
            throw new IllegalStateException("the servers are not started yet");
        }
        return servers;
    }

    /** The stand-ins that take the place of Twilio and of the model; each may be absent. */
    public StandIns standIns() {
        return standInsOrFail();
    }

    public String kafkaBootstrapServers() {
        return addressesOrFail().kafkaBootstrapServers();
    }

    /** The first of the tokens with which webhooks are signed. */
    public String twilioAuthToken() {
        return wiringOrFail().signingToken();
    }

    public String twilioAccountSid() {
        return wiringOrFail().twilioAccountSid();
    }

    /** A bearer token, good for twelve hours. */
    public String token(String... roles) {
        return BearerTokens.sign(wiringOrFail().secrets(), Set.of(roles));
    }

    /** Folder of logs, secrets and data. */
    public Path state() {
        return settings.state();
    }

    @Override
    public void close() {
        steps.close().ifPresent(failure -> tell(String.valueOf(failure.getMessage())));
    }
    /** Tells other processes where scripted calls are ordered. Closed with the suite. */
    public void announceCallDesk(URI url, String ticket, AutoCloseable desk) {
        announced = file -> file.withCallDesk(url, ticket);
        writeRunFile();
        steps.began("call desk", () -> {
            try {
                desk.close();
            } catch (Exception e) {
                throw new IllegalStateException("the call desk did not close", e);
            }
        });
    }

    private void writeRunFile() {
        var file = RunFile.of(
                ProcessHandle.current(), publicBaseUrl(), ingressUrl(), wiringOrFail(), addressesOrFail(), services());
        announced.apply(file).write(settings.state());
    }

    private void tell(String sentence) {
        synchronized (progress) {
            progress.step(sentence);
        }
    }

    private Services.Surroundings surroundings() {
        return new Services.Surroundings(wiringOrFail(), addressesOrFail(), infrastructure(), guardOrFail());
    }

    private Services servicesOrFail() {
        return Optional.ofNullable(services).orElseThrow(() -> new IllegalStateException("not started yet"));
    }

    private Wiring wiringOrFail() {
        return Optional.ofNullable(wiring).orElseThrow(() -> new IllegalStateException("not started yet"));
    }

    private Wiring.Addresses addressesOrFail() {
        return Optional.ofNullable(addresses).orElseThrow(() -> new IllegalStateException("not started yet"));
    }

    private Guard guardOrFail() {
        return Optional.ofNullable(guard).orElseThrow(() -> new IllegalStateException("not started yet"));
    }

    private StandIns standInsOrFail() {
        return Optional.ofNullable(standIns).orElseThrow(() -> new IllegalStateException("not started yet"));
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }

    static String seconds(Instant began) {
        return "%.1f s".formatted(Duration.between(began, Instant.now()).toMillis() / 1000.0);
    }
}
