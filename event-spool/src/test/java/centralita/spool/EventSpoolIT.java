package centralita.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.CallbackCause;
import centralita.contracts.call.Topics;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.PhoneNumber;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.request.RequestFact;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.contracts.transcript.TranscriptFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spool against a real broker that comes and goes. */
class EventSpoolIT {
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Duration LONG = Duration.ofSeconds(60);

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

    @Test
    void anEventArrivesAsItWasPublishedWithItsKeyAndHeaders() {
        kafka.start();
        var callId = UuidV7.next();
        var event = turn(callId, 1);
        var said = TranscriptEvent.of(
                "realtime-bridge",
                callId,
                Instant.parse("2026-11-23T10:00:00Z"),
                null,
                new TranscriptFact.Said("CALLER", "item_1", 1, "¿Qué tal?", 0, null, false));

        try (var spool = EventSpool.open(settings())) {
            spool.publish(event);
            spool.publish(said);
            await().atMost(LONG).until(() -> spool.status().sent() == 2);
        }

        var record = Received.from(kafka.address(), Topics.CALL_LIFECYCLE, 1).getFirst();
        assertThat(ContractsJson.read(record.value(), CallEvent.class)).isEqualTo(event);
        assertThat(record.key()).isEqualTo(callId.toString());
        assertThat(new String(record.headers().lastHeader("content-type").value(), UTF_8))
                .isEqualTo("application/cloudevents+json; charset=UTF-8");
        assertThat(new String(record.headers().lastHeader("traceparent").value(), UTF_8))
                .isEqualTo(TRACEPARENT);
        var transcript =
                Received.from(kafka.address(), Topics.CALL_TRANSCRIPTS, 1).getFirst();
        assertThat(ContractsJson.read(transcript.value(), TranscriptEvent.class))
                .isEqualTo(said);
        assertThat(transcript.headers().lastHeader("traceparent")).isNull();
    }

    /** F-K1: Kafka is not there at first, comes, goes in the middle, and comes back. */
    @Test
    void whatIsPublishedWhileKafkaIsAwayArrivesInOrder() {
        var first = UuidV7.next();
        var second = UuidV7.next();

        try (var spool = EventSpool.open(settings())) {
            publish(spool, 1, 200, first, second);
            kafka.start();
            await().atMost(LONG).until(() -> spool.status().sent() == 400);
            publish(spool, 201, 300, first, second);
            kafka.stop();
            publish(spool, 301, 500, first, second);
            kafka.start();
            await().atMost(LONG).until(() -> spool.status().waiting() == 0);
            assertThat(spool.status().refused()).isZero();
        }

        var records = Received.from(kafka.address(), Topics.CALL_LIFECYCLE, 1000);
        var everyTurn = IntStream.rangeClosed(1, 500).boxed().toList();
        assertThat(Received.turnsOf(first, records)).isEqualTo(everyTurn);
        assertThat(Received.turnsOf(second, records)).isEqualTo(everyTurn);
    }

    @Test
    void whatWasNotSentBeforeTheEndIsSentAfterTheNextStart() {
        var callId = UuidV7.next();
        try (var spool = EventSpool.open(settings().withCloseTimeout(Duration.ofMillis(300)))) {
            publish(spool, 1, 100, callId);
        }

        kafka.start();
        try (var spool = EventSpool.open(settings())) {
            publish(spool, 101, 150, callId);
            await().atMost(LONG).until(() -> spool.status().waiting() == 0);
        }

        assertThat(Received.turnsOf(callId, kafka.address(), 150))
                .isEqualTo(IntStream.rangeClosed(1, 150).boxed().toList());
    }

    @Test
    void aTornEndIsCutOffAndTheRestIsSent() throws IOException {
        var callId = UuidV7.next();
        try (var spool = EventSpool.open(settings().withCloseTimeout(Duration.ofMillis(300)))) {
            publish(spool, 1, 10, callId);
        }
        var segment = newestSegment();
        var bytes = Files.readAllBytes(segment);
        Files.write(segment, new byte[] {0, 0, 1, 44, 1, 2, 3}, StandardOpenOption.APPEND);
        assertThat(bytes.length).isPositive();

        kafka.start();
        try (var spool = EventSpool.open(settings())) {
            assertThat(spool.status().damaged()).isEqualTo(1);
            publish(spool, 11, 12, callId);
            await().atMost(LONG).until(() -> spool.status().waiting() == 0);
        }

        assertThat(Received.turnsOf(callId, kafka.address(), 12))
                .isEqualTo(IntStream.rangeClosed(1, 12).boxed().toList());
    }

    @Test
    void whoAsksSomethingOfOthersIsToldWhenThereIsNoRoomForIt() {
        var callId = UuidV7.next();
        var asked = RequestEvent.of(
                "telephony-gateway",
                callId,
                Instant.now(),
                null,
                new RequestFact.Callback(
                        new PhoneNumber("+34600000001"),
                        null,
                        "customer-service-es",
                        "es-ES",
                        CallbackCause.NO_ROOM,
                        Instant.now()));
        try (var spool = EventSpool.open(settings().withMaxBytes(64 * 1024).withCloseTimeout(Duration.ZERO))) {
            assertThat(spool.publish(asked)).isTrue();

            publish(spool, 1, 1000, callId);
            await().atMost(LONG)
                    .until(() -> spool.queued() == 0 && spool.status().refused() > 0);

            var refused = spool.status().refused();
            assertThat(spool.publish(asked)).isFalse();
            // The writer may have refused one more meanwhile.
            assertThat(spool.status().refused()).isGreaterThan(refused);
        }
    }

    @Test
    void aFullSpoolKeepsTheOldestAndCountsWhatItRefuses() {
        var callId = UuidV7.next();
        var small = settings().withMaxBytes(64 * 1024).withCloseTimeout(Duration.ofMillis(300));

        var full = EventSpool.open(small);
        publish(full, 1, 1000, callId);
        // Only then has all that was queued been written or refused.
        full.close();

        var kept = (int) full.status().waiting();
        assertThat(kept).isBetween(50, 300);
        assertThat(full.status().refused()).isEqualTo(1000 - kept);
        assertThat(full.status().bytesOnDisk()).isLessThanOrEqualTo(64 * 1024);

        kafka.start();
        try (var spool = EventSpool.open(small)) {
            await().atMost(LONG).until(() -> spool.status().waiting() == 0);
            assertThat(Received.turnsOf(callId, kafka.address(), kept))
                    .isEqualTo(IntStream.rangeClosed(1, kept).boxed().toList());

            // And there is room again.
            await().atMost(LONG).until(() -> spool.status().bytesOnDisk() < 32 * 1024);
            publish(spool, 1001, 1010, callId);
            await().atMost(LONG).until(() -> spool.status().sent() == kept + 10);
        }
    }

    @Test
    void aSpoolThatWasSentTakesNoRoom() throws IOException {
        kafka.start();
        var callId = UuidV7.next();
        try (var spool = EventSpool.open(settings().withMaxBytes(256 * 1024))) {
            for (int round = 0; round < 10; round++) {
                publish(spool, round * 200 + 1, round * 200 + 200, callId);
                await().atMost(LONG).until(() -> spool.status().waiting() == 0);
            }
            assertThat(spool.status().refused()).isZero();
            assertThat(spool.status().sent()).isEqualTo(2000);
        }

        assertThat(Received.turnsOf(callId, kafka.address(), 2000))
                .isEqualTo(IntStream.rangeClosed(1, 2000).boxed().toList());
        try (var files = Files.list(folder.resolve("spool"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".events")).count())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aFolderHasOneOwner() {
        try (var spool = EventSpool.open(settings().withCloseTimeout(Duration.ZERO))) {
            assertThatThrownBy(() -> EventSpool.open(settings()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use");
            assertThat(spool.status().waiting()).isZero();
        }
    }

    @Test
    void whatIsPublishedAfterTheEndIsRefused() {
        var spool = EventSpool.open(settings().withCloseTimeout(Duration.ZERO));
        spool.close();

        spool.publish(turn(UuidV7.next(), 1));

        assertThat(spool.status()).isEqualTo(new SpoolStatus(0, 0, 0, 1, 0));
    }

    private SpoolSettings settings() {
        return SpoolSettings.of(kafka.address(), folder.resolve("spool"));
    }

    private Path newestSegment() throws IOException {
        try (var files = Files.list(folder.resolve("spool"))) {
            return files.filter(file -> file.toString().endsWith(".events"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static void publish(EventSpool spool, int from, int to, UUID... callIds) {
        for (int turn = from; turn <= to; turn++) {
            for (var callId : List.of(callIds)) {
                spool.publish(turn(callId, turn));
            }
        }
    }

    private static CallEvent turn(UUID callId, int turn) {
        return CallEvent.of(
                "realtime-bridge",
                callId,
                Instant.parse("2026-11-23T10:00:00Z"),
                TRACEPARENT,
                new CallFact.Turn(turn, "speech", 900, 450L, 2000, 2000, false));
    }
}
