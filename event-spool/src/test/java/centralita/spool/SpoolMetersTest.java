package centralita.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.id.UuidV7;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolMetersTest {
    @TempDir
    Path folder;

    @Test
    void whatWaitsAndWhatWasLostIsShown() {
        // Given: nobody listens there
        var meters = new SimpleMeterRegistry();
        try (var spool = EventSpool.open(SpoolSettings.of("127.0.0.1:1", folder.resolve("spool")))) {
            SpoolMeters.register(spool, meters);

            // When
            spool.publish(CallEvent.of(
                    "realtime-bridge",
                    UuidV7.next(),
                    Instant.parse("2026-11-23T10:00:00Z"),
                    null,
                    new CallFact.Ringing("CA1")));

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> meters.get("spool.size").gauge().value() > 0);
            assertThat(meters.get("spool.waiting").gauge().value()).isEqualTo(1);
            assertThat(meters.get("spool.sent").functionCounter().count()).isZero();
            assertThat(meters.get("spool.refused").functionCounter().count()).isZero();
            assertThat(meters.get("spool.damaged").functionCounter().count()).isZero();
            assertThat(meters.getMeters())
                    .extracting(Meter::getId)
                    .allMatch(id -> id.getName().startsWith("spool."));
        }
    }
}
