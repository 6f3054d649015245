package centralita.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureIT {
    private static final Set<Part> ALL = EnumSet.allOf(Part.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void keptDataIsThereAfterARestart() throws Exception {
        // Given
        try (var first = Infrastructure.start(ALL, new Storage.Kept(folder))) {
            sql(first, "create table note (text varchar)");
            sql(first, "insert into note values ('written before')");
            redis(first, "SET note before");
            send(first, "before");
        }

        // When
        try (var second = Infrastructure.start(ALL, new Storage.Kept(folder))) {
            // Then
            assertThat(selectNote(second)).isEqualTo("written before");
            assertThat(redis(second, "GET note")).isEqualTo("$6\r\nbefore");
            assertThat(received(second)).containsExactly("before");
        }
    }

    @Test
    void nothingOfThrownAwayServersRemains() throws Exception {
        // Given
        var infrastructure = Infrastructure.start(ALL, new Storage.ThrownAway());
        var pids = List.copyOf(infrastructure.pids().values());
        var temporary = temporaryFolder(infrastructure);
        assertThat(temporary).isDirectoryContaining("glob:**/kafka");

        // When
        infrastructure.close();

        // Then
        assertThat(pids).hasSize(2).noneMatch(InfrastructureIT::lives);
        assertThat(temporary).doesNotExist();
    }

    @Test
    void aKilledParentLeavesNoProcessAndNoTemporaryFolder() throws Exception {
        // Given
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        var parent = startOrphanage(List.of("-Djava.io.tmpdir=" + temporary), List.of());
        var children = childrenOf(parent);
        assertThat(children).hasSize(2).allMatch(InfrastructureIT::lives);

        // When
        parent.destroyForcibly().waitFor();

        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(children).noneMatch(InfrastructureIT::lives);
            try (var left = Files.list(temporary)) {
                assertThat(left.filter(path -> path.getFileName().toString().startsWith("centralita-")))
                        .isEmpty();
            }
        });
    }

    @Test
    void aStartEndsWhatIsLeftWhenTheGuardWasKilledToo() throws Exception {
        // Given
        var kept = folder.resolve("kept");
        var parent = startOrphanage(List.of(), List.of(kept.toString()));
        var children = childrenOf(parent);
        var guards = parent.children()
                .filter(child -> !children.contains(child.pid()))
                .toList();
        guards.forEach(ProcessHandle::destroyForcibly);
        guards.forEach(guard -> guard.onExit().join());
        parent.destroyForcibly().waitFor();
        assertThat(children).hasSize(2).allMatch(InfrastructureIT::lives);

        // When
        try (var next = Infrastructure.start(ALL, new Storage.Kept(kept))) {
            // Then
            assertThat(children).noneMatch(InfrastructureIT::lives);
            assertThat(next.databaseUrl("kept")).endsWith("/kept");
        }
    }

    @Test
    void aFolderInUseIsRefusedInOneSentence() {
        // Given
        try (var first = Infrastructure.start(Set.of(Part.REDIS), new Storage.Kept(folder))) {
            // When, then
            assertThatThrownBy(() -> Infrastructure.start(Set.of(Part.REDIS), new Storage.Kept(folder)))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessage("The folder " + folder
                            + " is in use: another centralita runs from it; end that one first (Ctrl-C).");
            assertThat(redis(first, "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void oneServerCanBeStoppedAlone() {
        try (var infrastructure = Infrastructure.start(Set.of(Part.REDIS, Part.KAFKA), new Storage.ThrownAway())) {
            // Given
            long redis = infrastructure.pids().get(Part.REDIS);

            // When
            infrastructure.stop(Part.REDIS);

            // Then
            assertThat(lives(redis)).isFalse();
            send(infrastructure, "still here");
            assertThat(received(infrastructure)).containsExactly("still here");
        }
    }

    private Process startOrphanage(List<String> options, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Orphanage.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("orphanage.log").toFile())
                .start();
    }

    private List<Long> childrenOf(Process parent) throws IOException {
        var pids = new ArrayList<Long>();
        var reader = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        for (var line = reader.readLine(); !"started".equals(line); line = reader.readLine()) {
            if (line == null) {
                throw new AssertionError(Files.readString(folder.resolve("orphanage.log")));
            }
            if (line.startsWith("pid ")) {
                pids.add(Long.parseLong(line.substring(4)));
            }
        }
        return pids;
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** The one of all servers; other processes of this machine have theirs beside it. */
    private static Path temporaryFolder(Infrastructure infrastructure) throws Exception {
        var url = "jdbc:" + infrastructure.databaseUrl("notes");
        try (var connection = DriverManager.getConnection(
                        url, infrastructure.databaseUser(), infrastructure.databasePassword());
                var statement = connection.createStatement();
                var answer = statement.executeQuery("show data_directory")) {
            answer.next();
            var folder = Path.of(answer.getString(1));
            while (!folder.getFileName().toString().startsWith("centralita-")) {
                folder = folder.getParent();
            }
            return folder;
        }
    }

    private static void sql(Infrastructure infrastructure, String statement) throws Exception {
        var url = "jdbc:" + infrastructure.databaseUrl("notes");
        try (var connection = DriverManager.getConnection(
                        url, infrastructure.databaseUser(), infrastructure.databasePassword());
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static String selectNote(Infrastructure infrastructure) throws Exception {
        var url = "jdbc:" + infrastructure.databaseUrl("notes");
        try (var connection = DriverManager.getConnection(
                        url, infrastructure.databaseUser(), infrastructure.databasePassword());
                var query = connection.createStatement();
                var rows = query.executeQuery("select text from note")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String redis(Infrastructure infrastructure, String command) {
        var address = infrastructure.redisHosts().substring("redis://".length()).split(":");
        try (var socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.length() - "\r\n+OK\r\n".length());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(Infrastructure infrastructure, String text) {
        var properties = new Properties();
        properties.put("bootstrap.servers", infrastructure.kafkaBootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("notes", 0, "key", text));
            producer.flush();
        }
    }

    private static List<String> received(Infrastructure infrastructure) {
        var properties = new Properties();
        properties.putAll(
                Map.of("bootstrap.servers", infrastructure.kafkaBootstrapServers(), "auto.offset.reset", "earliest"));
        var texts = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("notes", 0)));
            await().atMost(LIMIT).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found -> texts.add(found.value()));
                return !texts.isEmpty();
            });
        }
        return texts;
    }
}
