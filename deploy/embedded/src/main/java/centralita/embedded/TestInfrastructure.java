package centralita.embedded;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts what a module's tests need, once per test JVM and before anything else: Quarkus builds the application under
 * test before any resource of a test class starts, and wants addresses by then. JUnit finds this class by itself.
 *
 * <p>System properties in: {@code infrastructure.needed} ({@code postgres,redis,kafka} or fewer), {@code infrastructure}
 * ({@code containers} for Docker, else embedded). Out: Quarkus' own names for the addresses, and what {@link TestTokens}
 * needs. They are set for every class loader of the JVM.
 */
public final class TestInfrastructure implements LauncherSessionListener {
    private @Nullable Infrastructure running;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        TestTokens.makeKeys();
        System.setProperty("quarkus.devservices.enabled", "false");
        var needed = Part.parse(System.getProperty("infrastructure.needed", ""));
        if (needed.isEmpty()) {
            return;
        }
        var servers = start(needed);
        running = servers;
        for (var part : needed) {
            switch (part) {
                case POSTGRES -> {
                    var url = servers.databaseUrl("test");
                    System.setProperty("quarkus.datasource.jdbc.url", "jdbc:" + url);
                    System.setProperty("quarkus.datasource.reactive.url", url);
                    System.setProperty("quarkus.datasource.username", servers.databaseUser());
                    System.setProperty("quarkus.datasource.password", servers.databasePassword());
                }
                case REDIS -> System.setProperty("quarkus.redis.hosts", servers.redisHosts());
                case KAFKA -> System.setProperty("kafka.bootstrap.servers", servers.kafkaBootstrapServers());
            }
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Optional.ofNullable(running).ifPresent(Infrastructure::close);
        running = null;
    }

    private static Infrastructure start(java.util.Set<Part> needed) {
        if (System.getProperty("infrastructure", "").equals("containers")) {
            DockerEngine.require(System.getenv());
            return Infrastructure.startContainers(needed);
        }
        return Infrastructure.start(needed, new Storage.ThrownAway());
    }
}
