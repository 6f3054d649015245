package centralita.spool;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** A process that publishes turns 1, 2, 3 … of a call until it is killed. */
final class Publisher {
    private static final int MOST_WAITING = 20_000;

    private Publisher() {}

    static Process start(String kafka, Path spool, UUID callId, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publisher.class.getName(),
                        kafka,
                        spool.toString(),
                        callId.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    public static void main(String... args) {
        var spool = EventSpool.open(SpoolSettings.of(args[0], Path.of(args[1])));
        var callId = UUID.fromString(args[2]);
        var most = spool.status().waiting() + MOST_WAITING;
        for (int turn = 1; ; turn++) {
            // Not faster than the disk, or the queue would refuse some.
            while (spool.queued() > 5_000 || spool.status().waiting() > most) {
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
