package centralita.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.id.UuidV7;
import centralita.gateway.MediaLoop;
import centralita.gateway.session.SessionConfig;
import centralita.gateway.testing.Settings;
import centralita.recording.storage.FileRecordingStorage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TH-27: recordings go when their time has come, and nothing else goes. */
class RecordingSweepTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private FileRecordingStorage storage;

    @BeforeEach
    void openStorage() throws IOException {
        storage = new FileRecordingStorage(folder);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsOlderThanItsWholeDaysIsDeletedAndNothingElse() throws IOException {
        // Given: calls of the last moment and of the first moment of a day
        var tooOld = callOf(LocalDate.parse("2026-10-23"), LocalTime.MAX);
        var oldest = callOf(LocalDate.parse("2026-10-24"), LocalTime.MIN);
        var recent = callOf(TODAY, LocalTime.NOON);
        var open = callOf(LocalDate.parse("2026-01-01"), LocalTime.NOON);
        for (var callId : List.of(tooOld, oldest, recent)) {
            keep(RecordingNames.wav(callId));
            keep(RecordingNames.completed(callId));
        }
        keep(RecordingNames.segment(open, 1_767_225_600_000L, 1));
        keep(RecordingNames.DONE + "not-a-day/somebody-elses.wav");

        // When
        var sweep = sweep("30");
        sweep.deleteOld(storage, TODAY);
        sweep.deleteOld(storage, TODAY);

        // Then
        assertThat(kept())
                .containsExactlyInAnyOrder(
                        RecordingNames.wav(oldest),
                        RecordingNames.completed(oldest),
                        RecordingNames.wav(recent),
                        RecordingNames.completed(recent),
                        RecordingNames.segment(open, 1_767_225_600_000L, 1),
                        RecordingNames.DONE + "not-a-day/somebody-elses.wav");
        assertThat(meters.get("recording.deleted").counter().count()).isEqualTo(2);
        assertThat(storage.folders(RecordingNames.DONE))
                .containsExactly("done/2026-10-24/", "done/2026-11-23/", "done/not-a-day/");
    }

    @Test
    void withoutARetentionNothingGoes() throws IOException {
        // Given
        var old = callOf(LocalDate.parse("2001-01-01"), LocalTime.NOON);
        keep(RecordingNames.wav(old));

        // When
        sweep("0").deleteOld(storage, TODAY);

        // Then
        assertThat(kept()).containsExactly(RecordingNames.wav(old));
    }

    @Test
    void aRecordingThatCannotBeCompletedKeepsNoOldOnesAndNoOthersBack() throws Exception {
        // Given: one whose description is broken, one that is well, one that is old
        var today = LocalDate.now(ZoneOffset.UTC);
        var broken = callOf(today, LocalTime.MIN);
        var well = callOf(today, LocalTime.NOON);
        var old = callOf(LocalDate.parse("2001-01-01"), LocalTime.NOON);
        for (var callId : List.of(broken, well)) {
            storage.put(RecordingNames.segment(callId, 1_795_392_000_000L, 1), new byte[320]);
        }
        storage.put(RecordingNames.about(broken), "no JSON".getBytes(StandardCharsets.UTF_8));
        keep(RecordingNames.wav(old));
        var sweep = sweep("30");

        // When: it looks again until neither has grown for long enough
        sweep.sweep(storage, Set.of());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            sweep.sweep(storage, Set.of());
            return kept().contains(RecordingNames.completed(well));
        });

        // Then
        assertThat(kept())
                .contains(RecordingNames.wav(well), RecordingNames.segment(broken, 1_795_392_000_000L, 1))
                .doesNotContain(RecordingNames.wav(old), RecordingNames.completed(broken));
        assertThat(meters.get("recording.completion.failures").counter().count())
                .isPositive();
    }

    private RecordingSweep sweep(String retentionDays) {
        var config = Settings.of(
                RecordingConfig.class,
                Map.of(
                        "location",
                        folder.toUri().toString(),
                        "orphan-after-ms",
                        "500",
                        "retention-days",
                        retentionDays));
        var loop = MediaLoop.on(vertx);
        var metrics = new RecordingMetrics(meters);
        var vault = new RecordingVault(config, event -> {}, metrics);
        var sessions = Settings.of(SessionConfig.class, Map.of());
        var recordings = new Recordings(vault, metrics, loop, config, sessions, meters);
        return new RecordingSweep(vault, recordings, metrics, loop, config);
    }

    private static UUID callOf(LocalDate day, LocalTime time) {
        var at = Instant.from(day.atTime(time).atOffset(ZoneOffset.UTC));
        return new UuidV7(Clock.fixed(at, ZoneOffset.UTC)).make();
    }

    private void keep(String name) throws IOException {
        storage.put(name, new byte[] {1});
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
