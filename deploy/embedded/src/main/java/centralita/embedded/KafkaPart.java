package centralita.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Kafka in this JVM: one node that is broker and controller. */
final class KafkaPart {
    private static final int TRIES = 3;

    private KafkaPart() {}

    static RunningPart start(Path dataFolder) {
        try {
            if (!Files.exists(dataFolder.resolve("meta.properties"))) {
                format(dataFolder);
            }
        } catch (Exception e) {
            throw new InfrastructureException("Kafka's folder could not be prepared: " + e.getMessage() + ".", e);
        }
        RuntimeException last = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            var ports = FreePorts.find(2);
            try {
                return startOn(dataFolder, ports[0], ports[1]);
            } catch (RuntimeException e) {
                last = e;
            }
        }
        throw new InfrastructureException(
                "Kafka did not start: " + (last == null ? "" : last.getMessage()) + ".", last);
    }

    private static RunningPart startOn(Path dataFolder, int port, int controllerPort) {
        var server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties(dataFolder, port, controllerPort)), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
        return new RunningPart(
                Part.KAFKA,
                "127.0.0.1",
                port,
                OptionalLong.empty(),
                () -> {
                    server.shutdown();
                    server.awaitShutdown();
                },
                Optional.of(() -> startOn(dataFolder, port, controllerPort)));
    }

    private static void format(Path dataFolder) throws Exception {
        var said = new ByteArrayOutputStream();
        new Formatter()
                .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(dataFolder.toString())
                .addDirectory(dataFolder.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .run();
    }

    private static Properties properties(Path dataFolder, int port, int controllerPort) {
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", dataFolder.toString());
        // One node: no topic, also none of its own, can have copies.
        for (var own : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.put(own + ".replication.factor", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("num.partitions", "3");
        // A group of one need not wait for others to join.
        properties.put("group.initial.rebalance.delay.ms", "0");
        // Small: the defaults are for a machine of its own.
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("num.network.threads", "1");
        properties.put("num.io.threads", "2");
        return properties;
    }
}
