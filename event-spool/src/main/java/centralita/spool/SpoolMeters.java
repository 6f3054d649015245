package centralita.spool;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The figures of a spool, under the same names in every service that has one. */
public final class SpoolMeters {
    private SpoolMeters() {}

    /** Shows a spool's figures for as long as it is held by somebody. */
    public static void register(EventSpool spool, MeterRegistry meters) {
        Gauge.builder("spool.waiting", spool, it -> it.status().waiting())
                .description("Events that Kafka has not said that it keeps.")
                .register(meters);
        Gauge.builder("spool.size", spool, it -> it.status().bytesOnDisk())
                .baseUnit("bytes")
                .description("What they take on disk.")
                .register(meters);
        FunctionCounter.builder("spool.sent", spool, it -> it.status().sent())
                .description("Events that Kafka keeps.")
                .register(meters);
        FunctionCounter.builder("spool.refused", spool, it -> it.status().refused())
                .description("Events that found no room: lost.")
                .register(meters);
        FunctionCounter.builder("spool.damaged", spool, it -> it.status().damaged())
                .description("Stretches of files that could not be read after a crash: lost.")
                .register(meters);
    }
}
