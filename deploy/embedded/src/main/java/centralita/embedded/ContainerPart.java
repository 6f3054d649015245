package centralita.embedded;

import java.util.OptionalLong;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same servers from images, of the versions that the embedded ones have. */
final class ContainerPart {
    private ContainerPart() {}

    static RunningPart start(Part part) {
        return switch (part) {
            case POSTGRES -> {
                var server = new PostgreSQLContainer("postgres:17-alpine")
                        .withUsername("postgres")
                        .withPassword("postgres")
                        .withDatabaseName("postgres");
                server.start();
                yield running(part, server, PostgreSQLContainer.POSTGRESQL_PORT);
            }
            case REDIS -> {
                @SuppressWarnings("resource") // stopped by RunningPart.stop
                var server = new GenericContainer<>("redis:6.2-alpine").withExposedPorts(6379);
                server.start();
                yield running(part, server, 6379);
            }
            case KAFKA -> {
                var server = new KafkaContainer("apache/kafka-native:4.1.1");
                server.start();
                yield running(part, server, 9092);
            }
        };
    }

    private static RunningPart running(Part part, GenericContainer<?> server, int port) {
        return new RunningPart(part, server.getHost(), server.getMappedPort(port), OptionalLong.empty(), server::stop);
    }
}
