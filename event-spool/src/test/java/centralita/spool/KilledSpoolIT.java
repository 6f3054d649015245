package centralita.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.id.UuidV7;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of publishing, and the next one that takes its folder up. */
class KilledSpoolIT {
    @TempDir
    Path folder;

    @Test
    void whatWasOnDiskWhenTheProcessWasKilledArrivesInOrder() throws Exception {
        try (var kafka = new RestartableKafka(Files.createDirectories(folder.resolve("kafka")))) {
            kafka.start();
            var callId = UuidV7.next();
            var publisher =
                    Publisher.start(kafka.address(), folder.resolve("spool"), callId, folder.resolve("publisher.log"));
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() ->
                                Received.turnsOf(callId, kafka.address(), 500).size() >= 500);
            } finally {
                publisher.destroyForcibly().waitFor();
            }

            long waiting;
            try (var spool = EventSpool.open(SpoolSettings.of(kafka.address(), folder.resolve("spool")))) {
                waiting = spool.status().waiting();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> spool.status().waiting() == 0);
            }

            var turns = Received.turnsOf(callId, kafka.address(), 500);
            assertThat(turns)
                    .isEqualTo(IntStream.rangeClosed(1, turns.size()).boxed().toList());
            assertThat(waiting).isNotNegative();
        }
    }
}
