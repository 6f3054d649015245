package centralita.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Topics;
import centralita.contracts.id.UuidV7;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a spool bears: long outages, kills in the middle of writing, files that break, an end without Kafka. */
class SpoolOutageIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int TEN_MINUTES_OF_FIFTY_A_SECOND = 30_000;

    @TempDir
    Path folder;

    private RestartableKafka kafka;

    @BeforeEach
    void prepareKafka() throws Exception {
        kafka = new RestartableKafka(Files.createDirectories(folder.resolve("kafka")));
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    /** F-K1, I5: what ten minutes without Kafka leave behind fits, and is there within two minutes, in order and once. */
    @Test
    void tenMinutesWithoutKafkaAtFiftyEventsASecondLoseNothing() {
        // Given
        var calls = IntStream.range(0, 100).mapToObj(_ -> UuidV7.next()).toList();
        var turns = TEN_MINUTES_OF_FIFTY_A_SECOND / calls.size();

        // When
        try (var spool = EventSpool.open(settings())) {
            for (int turn = 1; turn <= turns; turn++) {
                for (var callId : calls) {
                    spool.publish(turn(callId, turn));
                }
                // Not faster than the disk: 50 a second would not be, either.
                await().atMost(LONG).pollDelay(Duration.ZERO).until(() -> spool.queued() < 5_000);
            }
            assertThat(spool.status().waiting()).isEqualTo(TEN_MINUTES_OF_FIFTY_A_SECOND);
            kafka.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> spool.status().waiting() == 0);
            assertThat(spool.status().sent()).isEqualTo(TEN_MINUTES_OF_FIFTY_A_SECOND);
            assertThat(spool.status().refused()).isZero();
        }

        // Then
        var records = Received.from(kafka.address(), Topics.CALL_LIFECYCLE, TEN_MINUTES_OF_FIFTY_A_SECOND);
        var byCall = records.stream()
                .collect(Collectors.groupingBy(record -> UUID.fromString(record.key()), Collectors.toList()));
        var everyTurn = IntStream.rangeClosed(1, turns).boxed().toList();
        assertThat(calls)
                .allSatisfy(callId -> assertThat(Received.turnsOf(callId, byCall.getOrDefault(callId, List.of())))
                        .isEqualTo(everyTurn));
    }

    /** Three publishers in a row, each killed while it writes and while Kafka is away. */
    @Test
    void whatWasOnDiskSurvivesKillAfterKill() throws Exception {
        // Given
        var callIds = new ArrayList<UUID>();
        for (int i = 0; i < 3; i++) {
            var callId = UuidV7.next();
            callIds.add(callId);
            var publisher = Publisher.start(kafka.address(), spoolFolder(), callId, folder.resolve(i + ".log"));
            try {
                var before = bytesOnDisk();
                await().atMost(LONG).until(() -> bytesOnDisk() > before + 200_000);
            } finally {
                publisher.destroyForcibly().waitFor();
            }
        }

        // When
        kafka.start();
        long found;
        try (var spool = EventSpool.open(settings())) {
            found = spool.status().waiting();
            // A record that was cut off in the middle is one that nobody was told was kept.
            assertThat(spool.status().damaged()).isLessThanOrEqualTo(3);
            await().atMost(LONG).until(() -> spool.status().waiting() == 0);
        }

        // Then: of each call all turns up to the kill, and nothing else
        var records = Received.from(kafka.address(), Topics.CALL_LIFECYCLE, (int) found);
        long sum = 0;
        for (var callId : callIds) {
            var turns = Received.turnsOf(callId, records);
            assertThat(turns).hasSizeGreaterThan(100);
            assertThat(turns)
                    .isEqualTo(IntStream.rangeClosed(1, turns.size()).boxed().toList());
            sum += turns.size();
        }
        assertThat(sum).isEqualTo(found);
    }

    @Test
    void aRecordThatBreaksWhileItWaitsIsLeftOutAndTheFollowingFilesAreSent() throws Exception {
        // Given: two files, the first of which breaks in its middle while the spool is open
        var callId = UuidV7.next();
        try (var earlier = EventSpool.open(settings().withCloseTimeout(Duration.ZERO))) {
            publish(earlier, callId, 1, 20);
            await().atMost(LONG).until(() -> earlier.queued() == 0);
        }
        try (var spool = EventSpool.open(settings())) {
            publish(spool, callId, 21, 30);
            await().atMost(LONG).until(() -> spool.status().waiting() == 30);
            breakARecord(firstSegment());

            // When
            kafka.start();
            await().atMost(LONG).until(() -> spool.status().waiting() == 0);
            publish(spool, callId, 31, 40);
            await().atMost(LONG).until(() -> spool.status().waiting() == 0);

            // Then
            assertThat(spool.status().damaged()).isEqualTo(1);
            assertThat(spool.status().refused()).isBetween(1L, 19L);
            var sent = (int) spool.status().sent();
            assertThat(sent + spool.status().refused()).isEqualTo(40);
            var kept = sent - 20;
            assertThat(Received.turnsOf(callId, kafka.address(), sent))
                    .isEqualTo(Stream.concat(
                                    IntStream.rangeClosed(1, kept).boxed(),
                                    IntStream.rangeClosed(21, 40).boxed())
                            .toList());
        }
    }

    @Test
    void aSpoolWhoseKafkaIsKnownToBeAwayDoesNotWaitForItAtTheEnd() {
        // Given
        var spool = EventSpool.open(settings().withCloseTimeout(Duration.ofMinutes(10)));
        publish(spool, UuidV7.next(), 1, 10);
        await().atMost(LONG).until(spool::isKafkaAway);

        // When: far below its ten minutes, or this test never ends
        var began = System.nanoTime();
        spool.close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
        assertThat(spool.status()).isEqualTo(new SpoolStatus(10, spool.status().bytesOnDisk(), 0, 0, 0));
    }

    @Test
    void aSpoolWhoseKafkaJustWentAwayWaitsOnlyALittle() {
        // Given
        kafka.start();
        var spool = EventSpool.open(settings().withCloseTimeout(Duration.ofMinutes(10)));
        publish(spool, UuidV7.next(), 1, 10);
        await().atMost(LONG).until(() -> spool.status().sent() == 10);
        kafka.stop();
        publish(spool, UuidV7.next(), 1, 10);

        // When
        var began = System.nanoTime();
        spool.close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
        assertThat(spool.status().waiting()).isEqualTo(10);
    }

    private SpoolSettings settings() {
        return SpoolSettings.of(kafka.address(), spoolFolder());
    }

    private Path spoolFolder() {
        return folder.resolve("spool");
    }

    private long bytesOnDisk() throws IOException {
        long sum = 0;
        for (var segment : segments()) {
            sum += Files.size(segment);
        }
        return sum;
    }

    private Path firstSegment() throws IOException {
        return segments().getFirst();
    }

    private List<Path> segments() throws IOException {
        if (!Files.exists(spoolFolder())) {
            return List.of();
        }
        try (var files = Files.list(spoolFolder())) {
            return files.filter(file -> file.toString().endsWith(".events"))
                    .sorted()
                    .toList();
        }
    }

    private static void breakARecord(Path segment) throws IOException {
        try (var file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(file.length() / 2);
            var before = file.read();
            file.seek(file.length() / 2);
            file.write(before ^ 0x55);
        }
    }

    private static void publish(EventSpool spool, UUID callId, int from, int to) {
        for (int turn = from; turn <= to; turn++) {
            spool.publish(turn(callId, turn));
        }
    }

    private static CallEvent turn(UUID callId, int turn) {
        return CallEvent.of(
                "realtime-bridge",
                callId,
                Instant.parse("2026-11-23T10:00:00Z"),
                null,
                new CallFact.Turn(turn, "speech", 900, 450L, 2000, 2000, false));
    }
}
