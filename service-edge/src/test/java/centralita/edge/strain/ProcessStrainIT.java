package centralita.edge.strain;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With this process' own loop, heap and collector. */
class ProcessStrainIT {
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    private static final int MEGABYTE = 1 << 20;
    private static final int MOST_MEGABYTES = 512;

    private final Vertx vertx = Vertx.vertx();
    private final OldGeneration oldGeneration = new OldGeneration();
    private final List<byte[]> kept = new ArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @DisplayName("F-R6: a heap that is full after a collection is strain, and recovers without anybody's collecting")
    void heap() {
        // Given: some more of the old generation than is in use is as good as full
        System.gc();
        var full = oldGeneration.share() + 0.15;
        var strain = new ProcessStrain(Long.MAX_VALUE, full, new SimpleMeterRegistry());
        vertx.runOnContext(_ -> strain.watch(vertx));

        // When
        while (kept.size() < MOST_MEGABYTES && oldGeneration.share() < full + 0.05) {
            for (var i = 0; i < 16; i++) {
                kept.add(new byte[MEGABYTE]);
            }
            System.gc();
        }

        // Then
        Awaitility.await().until(strain::strained);
        kept.clear();
        Awaitility.await().atMost(RECOVERY).until(() -> !strain.strained());
    }

    @Test
    @DisplayName("F-R6: a loop that is late is strain, whatever the rhythm of what it does, and recovers")
    void loop() {
        var strain = new ProcessStrain(200, 1, new SimpleMeterRegistry());
        vertx.runOnContext(_ -> strain.watch(vertx));
        var context = vertx.getOrCreateContext();

        // When
        var busy = vertx.setPeriodic(500, _ -> context.runOnContext(_ -> pause()));
        Awaitility.await().atMost(RECOVERY).until(strain::strained);
        vertx.cancelTimer(busy);

        // Then
        Awaitility.await().atMost(RECOVERY).until(() -> !strain.strained());
    }

    private static void pause() {
        try {
            Thread.sleep(480);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
