package centralita.gateway.spool;

import centralita.contracts.call.CallEvent;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.gateway.GatewayConfig;
import centralita.gateway.call.CallEventPublisher;
import centralita.spool.EventSpool;
import centralita.spool.SpoolMeters;
import centralita.spool.SpoolSettings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Hands events to the spool, which never makes anybody wait. */
@Singleton
class SpooledEvents implements CallEventPublisher {
    private final EventSpool spool;

    SpooledEvents(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            GatewayConfig config,
            MeterRegistry meters) {
        spool = EventSpool.open(SpoolSettings.of(bootstrapServers, Path.of(config.spoolDirectory())));
        SpoolMeters.register(spool, meters);
    }

    @Override
    public void publish(CallEvent event) {
        spool.publish(event);
    }

    @Override
    public void publish(TranscriptEvent event) {
        spool.publish(event);
    }

    @Override
    public boolean publish(RequestEvent event) {
        return spool.publish(event);
    }

    @PreDestroy
    void close() {
        spool.close();
    }
}
