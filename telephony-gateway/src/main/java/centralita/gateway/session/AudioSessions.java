package centralita.gateway.session;

import centralita.gateway.MediaLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sessions that are open, and the clock that moves them. Event loop only. */
@Singleton
public class AudioSessions {
    private static final long TICK_MS = 40;
    private static final short GOING_AWAY = 1001;

    private final Set<AudioSession> sessions = new LinkedHashSet<>();
    private final MediaLoop loop;
    private final SessionMetrics metrics;
    private final SessionConfig config;

    AudioSessions(MediaLoop loop, SessionMetrics metrics, SessionConfig config, MeterRegistry meters) {
        this.loop = loop;
        this.metrics = metrics;
        this.config = config;
        Gauge.builder("media.streams.active", sessions, Set::size)
                .description("Media streams that are open.")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> loop.every(TICK_MS, () -> {
            var now = loop.nowMs();
            new ArrayList<>(sessions).forEach(session -> session.tick(now));
        }));
    }

    /**
     * A stream has begun.
     *
     * @param number of the stream within its call, from 1
     * @param tap hears all of it; null for nobody
     * @param echoGuarded whether our own sound in what the caller's line brings is taken out
     */
    public AudioSession open(
            UUID callId,
            String streamSid,
            int number,
            CallerSocket socket,
            SessionOwner owner,
            @Nullable StreamTap tap,
            boolean echoGuarded) {
        var session = new AudioSession(
                callId, streamSid, number, socket, owner, metrics, config, echoGuarded, loop::nowMs, tap);
        sessions.add(session);
        return session;
    }

    /** A stream is over. */
    public void forget(AudioSession session) {
        sessions.remove(session);
    }

    /**
     * Closes one stream at which nothing is going on, so that the provider asks another gateway what comes next.
     *
     * @param drainedSinceMs calls that came back here since then stay: the provider has found no other gateway
     * @param quietMs that neither side has spoken
     */
    public void closeOneAtRest(long drainedSinceMs, long quietMs, String reason) {
        var now = loop.nowMs();
        sessions.stream()
                .filter(session -> leaves(session, drainedSinceMs) && session.atRest(now, quietMs))
                .findFirst()
                .ifPresent(session -> session.leave(GOING_AWAY, reason));
    }

    /**
     * Closes one stream, as {@link #closeOneAtRest}: one at rest, else one whose caller is quiet, else any. One that is about
     * to be hung up on comes last: it ends by itself, after last words that would be lost.
     */
    public void closeOne(long drainedSinceMs, long quietMs, String reason) {
        var now = loop.nowMs();
        sessions.stream()
                .filter(session -> leaves(session, drainedSinceMs) && !session.isLeaving())
                .min(Comparator.comparing(AudioSession::isHangingUp)
                        .thenComparing(session -> !session.atRest(now, quietMs))
                        .thenComparing(session -> !session.callerQuiet(quietMs)))
                .ifPresent(session -> session.leave(GOING_AWAY, reason));
    }

    /** How many that are to leave have not been asked to. */
    public long staying(long drainedSinceMs) {
        return sessions.stream()
                .filter(session -> leaves(session, drainedSinceMs) && !session.isLeaving())
                .count();
    }

    /** How many that are to leave are still here. */
    public long leaving(long drainedSinceMs) {
        return sessions.stream()
                .filter(session -> leaves(session, drainedSinceMs))
                .count();
    }

    /** A call's first stream may have been promised before. */
    private static boolean leaves(AudioSession session, long drainedSinceMs) {
        return session.startedMs() < drainedSinceMs || session.number() == 1;
    }

    /** Closes all from our side; calls are not meant to end by it. */
    public void closeAll(String reason) {
        new ArrayList<>(sessions).forEach(session -> session.close(StreamEnd.LOST, GOING_AWAY, reason));
    }

    /** How many are open. */
    public int active() {
        return sessions.size();
    }
}
