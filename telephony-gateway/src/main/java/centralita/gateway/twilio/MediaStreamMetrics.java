package centralita.gateway.twilio;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The media stream sockets that are open, and what is wrong with them, counted. */
@Singleton
class MediaStreamMetrics {
    private final MeterRegistry meters;
    private final Counter malformed;
    private final Counter unknown;
    private final Counter gaps;
    private final Counter dead;
    private final Counter unclean;
    private final Set<MediaStreamConnection> connections = new LinkedHashSet<>();

    MediaStreamMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.malformed = meters.counter("media.stream.messages.malformed");
        this.unknown = meters.counter("media.stream.messages.unknown");
        this.gaps = meters.counter("media.stream.gaps");
        this.dead = meters.counter("media.stream.dead");
        this.unclean = meters.counter("media.stream.closes.unclean");
        meters.gaugeCollectionSize("media.stream.sockets", List.of(), connections);
    }

    void opened(MediaStreamConnection connection) {
        connections.add(connection);
    }

    void closed(MediaStreamConnection connection) {
        connections.remove(connection);
    }

    List<MediaStreamConnection> open() {
        return List.copyOf(connections);
    }

    void malformed() {
        malformed.increment();
    }

    void unknown() {
        unknown.increment();
    }

    void gap() {
        gaps.increment();
    }

    void dead() {
        dead.increment();
    }

    void unclean() {
        unclean.increment();
    }

    /** @param reason one of few words */
    void refused(String reason) {
        meters.counter("media.streams.refused", "reason", reason).increment();
    }
}
