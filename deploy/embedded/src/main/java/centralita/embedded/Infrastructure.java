package centralita.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Running servers. Closing stops them; if this JVM dies without closing, a {@link Guard} does it. Thread-safe after the
 * start.
 */
public final class Infrastructure implements AutoCloseable {
    private static final String USER = "postgres";
    private static final String PASSWORD = "postgres";

    private final Map<Part, RunningPart> parts;
    private final List<AutoCloseable> afterwards;
    private boolean closed;

    private Infrastructure(Map<Part, RunningPart> parts, List<AutoCloseable> afterwards) {
        this.parts = parts;
        this.afterwards = afterwards;
    }

    /**
     * Starts servers side by side and returns when all of them answer.
     *
     * @throws InfrastructureException when one does not start; the others are stopped again
     */
    public static Infrastructure start(Set<Part> wanted, Storage storage) {
        if (wanted.isEmpty()) {
            return new Infrastructure(Map.of(), List.of());
        }
        var guard = switch (storage) {
            case Storage.Kept(var folder) -> Guard.startIn(folder);
            case Storage.ThrownAway() -> Guard.start();
        };
        return start(wanted, storage, guard, List.of(guard::close));
    }

    /** The same with a guard that the caller has, and closes after this. */
    public static Infrastructure start(Set<Part> wanted, Storage storage, Guard guard) {
        return start(wanted, storage, guard, List.of());
    }

    /** The same servers in containers, their data thrown away. */
    static Infrastructure startContainers(Set<Part> wanted) {
        return startAll(wanted, ContainerPart::start, List.of());
    }

    private static Infrastructure start(
            Set<Part> wanted, Storage storage, Guard guard, List<AutoCloseable> afterwards) {
        QuietLogs.apply();
        var last = new ArrayList<AutoCloseable>();
        var folder = switch (storage) {
            case Storage.Kept(var kept) -> kept.toAbsolutePath();
            case Storage.ThrownAway() -> {
                var temporary = temporaryFolder(guard);
                last.add(() -> {
                    delete(temporary);
                    guard.forget(temporary);
                });
                yield temporary;
            }
        };
        last.addAll(afterwards);
        return startAll(
                wanted,
                part -> {
                    var own = makeFolder(folder.resolve(part.word()));
                    return switch (part) {
                        case POSTGRES -> PostgresPart.start(own, guard);
                        case REDIS -> RedisPart.start(own, storage instanceof Storage.Kept, guard);
                        case KAFKA -> KafkaPart.start(own);
                    };
                },
                last);
    }

    private interface Starter {
        RunningPart start(Part part);
    }

    private static Infrastructure startAll(Set<Part> wanted, Starter starter, List<AutoCloseable> afterwards) {
        var running = new EnumMap<Part, RunningPart>(Part.class);
        @Nullable Throwable failure = null;
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("start-", 0).factory())) {
            var starts = new EnumMap<Part, CompletableFuture<RunningPart>>(Part.class);
            for (var part : wanted) {
                starts.put(part, CompletableFuture.supplyAsync(() -> starter.start(part), threads));
            }
            for (var start : starts.entrySet()) {
                try {
                    running.put(start.getKey(), start.getValue().join());
                } catch (CompletionException e) {
                    failure = e.getCause();
                }
            }
        }
        var infrastructure = new Infrastructure(running, afterwards);
        if (failure != null) {
            infrastructure.close();
            throw failure instanceof InfrastructureException known
                    ? known
                    : new InfrastructureException("A server did not start: " + failure + ".", failure);
        }
        return infrastructure;
    }

    /** {@code host:port}. */
    public String kafkaBootstrapServers() {
        return part(Part.KAFKA).address();
    }

    /** {@code redis://host:port}. */
    public String redisHosts() {
        return "redis://" + part(Part.REDIS).address();
    }

    /**
     * The address of a database, which is created if it does not exist.
     *
     * @param name lower-case letters, digits and underscores
     * @return {@code postgresql://host:port/name}; prefix {@code jdbc:} for JDBC
     */
    public String databaseUrl(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        var server = "postgresql://" + part(Part.POSTGRES).address() + "/";
        createIfMissing("jdbc:" + server + "postgres", name);
        return server + name;
    }

    public String databaseUser() {
        return USER;
    }

    public String databasePassword() {
        return PASSWORD;
    }

    /** The processes that run outside this JVM, by part. Kafka has none. */
    public Map<Part, Long> pids() {
        var pids = new EnumMap<Part, Long>(Part.class);
        parts.forEach((part, running) -> running.pid().ifPresent(pid -> pids.put(part, pid)));
        return pids;
    }

    /** Stops one server and leaves the others: for tests of what happens then. */
    public synchronized void stop(Part part) {
        Optional.ofNullable(parts.remove(part))
                .ifPresent(running -> running.stop().run());
    }

    /**
     * Stops Kafka for as long as something takes, and starts it again with the same data on the same port.
     *
     * @throws InfrastructureException when it cannot come back, as one in a container cannot
     */
    public synchronized void pauseKafka(Runnable meanwhile) {
        var kafka = part(Part.KAFKA);
        var again = kafka.again().orElseThrow(() -> new InfrastructureException("This Kafka cannot be started again."));
        kafka.stop().run();
        try {
            meanwhile.run();
        } finally {
            parts.put(Part.KAFKA, again.get());
        }
    }

    /** Stops the servers, Kafka first; a second time does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        var steps = new ArrayList<AutoCloseable>();
        parts.values().stream()
                .sorted(Comparator.comparing(RunningPart::part).reversed())
                .forEach(running -> steps.add(running.stop()::run));
        steps.addAll(afterwards);
        RuntimeException failure = null;
        for (var step : steps) {
            try {
                step.close();
            } catch (Exception e) {
                // The next ones must be stopped, too.
                failure = new InfrastructureException("A server did not stop: " + e.getMessage() + ".", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private RunningPart part(Part part) {
        var running = parts.get(part);
        if (running == null) {
            throw new IllegalStateException(part + " was not asked for");
        }
        return running;
    }

    private static void createIfMissing(String adminUrl, String name) {
        try (var connection = DriverManager.getConnection(adminUrl, USER, PASSWORD);
                var query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, name);
            if (!query.executeQuery().next()) {
                try (var create = connection.createStatement()) {
                    create.execute("create database " + name);
                }
            }
        } catch (SQLException e) {
            throw new InfrastructureException(
                    "The database " + name + " could not be created: " + e.getMessage() + ".", e);
        }
    }

    private static Path temporaryFolder(Guard guard) {
        try {
            var folder = Files.createTempDirectory("centralita-");
            guard.deleteAtEnd(folder);
            return folder;
        } catch (IOException e) {
            throw new InfrastructureException("No temporary folder could be made: " + e.getMessage() + ".", e);
        }
    }

    private static Path makeFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InfrastructureException("The folder " + folder + " cannot be made: " + e.getMessage() + ".", e);
        }
    }

    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
