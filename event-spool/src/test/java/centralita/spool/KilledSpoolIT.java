package centralita.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.id.UuidV7;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
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
            var publisher = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Publisher.class.getName(),
                            kafka.address(),
                            folder.resolve("spool").toString(),
                            callId.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("publisher.log").toFile())
                    .start();
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

    /** Publishes turns 1, 2, 3 … until it is killed. */
    static final class Publisher {
        public static void main(String... args) {
            var spool = EventSpool.open(SpoolSettings.of(args[0], Path.of(args[1])));
            var callId = UUID.fromString(args[2]);
            for (int turn = 1; ; turn++) {
                // Not faster than the disk, or the queue would refuse some.
                while (spool.status().waiting() > 5_000) {
                    Thread.onSpinWait();
                }
                spool.publish(CallEvent.of(
                        "realtime-bridge",
                        callId,
                        Instant.now(),
                        null,
                        new CallFact.Turn(turn, "speech", 900, 450L, 2000, 2000, false)));
            }
        }
    }
}
