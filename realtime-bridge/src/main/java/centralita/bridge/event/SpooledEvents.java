package centralita.bridge.event;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.contracts.transcript.TranscriptFact;
import centralita.spool.EventSpool;
import centralita.spool.SpoolMeters;
import centralita.spool.SpoolSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Events on their way to Kafka, through a spool on disk. Any thread. */
@Startup
@Singleton
class SpooledEvents implements CallEvents {
    private static final String SERVICE = "realtime-bridge";

    private final EventSpool spool;
    private final Clock clock;

    SpooledEvents(
            SpoolConfig config,
            Clock clock,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        // Two bridges of one machine must not share a folder; their ports differ.
        var folder = config.directory().resolve(SERVICE + "-" + port);
        this.spool = EventSpool.open(SpoolSettings.of(config.bootstrapServers(), folder));
        this.clock = clock;
        SpoolMeters.register(spool, registry);
    }

    @Override
    public void publish(UUID callId, @Nullable String traceparent, CallFact fact) {
        spool.publish(CallEvent.of(SERVICE, callId, clock.instant(), traceparent, fact));
    }

    @Override
    public void publish(UUID callId, @Nullable String traceparent, TranscriptFact fact) {
        spool.publish(TranscriptEvent.of(SERVICE, callId, clock.instant(), traceparent, fact));
    }

    /** After the calls have ended, so that their ends are sent, too. */
    void stop(@Observes @Priority(5000) ShutdownEvent stopping) {
        spool.close();
    }
}
