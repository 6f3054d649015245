package centralita.simulators.continuity;

import centralita.simulators.model.SessionWitness;
import centralita.simulators.speech.QuietStamp;
import centralita.simulators.speech.QuietStamps;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the model stand-in's sessions heard and when, by call; and the signature that tells callers who speaks. Safe for
 * any thread. Times are milliseconds of {@link System#nanoTime()}.
 */
public final class SessionLog implements SessionWitness {
    /** A caller who is heard at all is heard all the time; a longer pause is a gap. */
    private static final long PAUSE_MS = 300;

    private static final int MOST_PAUSES = 50;

    private final LongSupplier clockMs;
    private final Map<String, CallAudio> calls = new HashMap<>();
    private final List<Entry> sessions = new ArrayList<>();

    /**
     * One session.
     *
     * @param number counts on; what callers hear of it is signed with it
     * @param callId the handshake's client request id
     * @param firstHeardMs when it heard its caller first; -1 for never
     * @param lastHeardMs and last
     * @param closedAtMs -1 while it is open
     * @param pauses times in which it heard nothing, between first and last; at most {@value #MOST_PAUSES}
     */
    public record Session(
            int number,
            String callId,
            long openedAtMs,
            long firstHeardMs,
            long lastHeardMs,
            long closedAtMs,
            List<Pause> pauses) {
        public boolean open() {
            return closedAtMs < 0;
        }
    }

    /** Nothing was heard from one moment to the other. */
    public record Pause(long fromMs, long toMs) {}

    /**
     * What all sessions of a call heard together.
     *
     * @param frames numbers of the caller's frames
     * @param strangersFrames frames of other callers
     */
    public record Heard(BitSet frames, int strangersFrames) {}

    private static final class CallAudio {
        private final BitSet frames = new BitSet();
        private @Nullable Integer caller;
        private int strangers;
    }

    private final class Entry implements Watch {
        private final int number;
        private final String callId;
        private final CallAudio audio;
        private final QuietStamps stamps = new QuietStamps();
        private final long openedAtMs = nowMs();
        private long firstHeardMs = -1;
        private long lastHeardMs = -1;
        private long closedAtMs = -1;
        private final List<Pause> pauses = new ArrayList<>();
        private int spoken;

        private Entry(int number, String callId, CallAudio audio) {
            this.number = number;
            this.callId = callId;
            this.audio = audio;
        }

        @Override
        public void heard(byte[] mulaw) {
            synchronized (SessionLog.this) {
                long now = nowMs();
                if (firstHeardMs < 0) {
                    firstHeardMs = now;
                } else if (now - lastHeardMs > PAUSE_MS && pauses.size() < MOST_PAUSES) {
                    pauses.add(new Pause(lastHeardMs, now));
                }
                lastHeardMs = now;
                stamps.accept(mulaw, mulaw.length, this::stamped);
            }
        }

        private void stamped(QuietStamp stamp) {
            if (audio.caller == null) {
                audio.caller = stamp.whose();
            }
            if (audio.caller == stamp.whose()) {
                audio.frames.set(stamp.which());
            } else {
                audio.strangers++;
            }
        }

        @Override
        public byte[] signature() {
            return new QuietStamp(callId.hashCode(), number, ++spoken).frame();
        }

        @Override
        public void closed(int closeCode) {
            synchronized (SessionLog.this) {
                closedAtMs = nowMs();
            }
        }

        private Session session() {
            return new Session(number, callId, openedAtMs, firstHeardMs, lastHeardMs, closedAtMs, List.copyOf(pauses));
        }
    }

    public SessionLog() {
        this(() -> System.nanoTime() / 1_000_000);
    }

    SessionLog(LongSupplier clockMs) {
        this.clockMs = clockMs;
    }

    @Override
    public synchronized Watch opened(String sessionId, String clientRequestId) {
        var audio = calls.computeIfAbsent(clientRequestId, _ -> new CallAudio());
        var entry = new Entry(sessions.size() + 1, clientRequestId, audio);
        sessions.add(entry);
        return entry;
    }

    /** All sessions in the order in which they were opened. */
    public synchronized List<Session> sessions() {
        return sessions.stream().map(Entry::session).toList();
    }

    /** Sessions that are open now. */
    public synchronized int open() {
        return (int) sessions.stream().filter(session -> session.closedAtMs < 0).count();
    }

    public synchronized Heard heard(String callId) {
        var audio = calls.get(callId);
        return audio == null ? new Heard(new BitSet(), 0) : new Heard((BitSet) audio.frames.clone(), audio.strangers);
    }

    /** The caller whose frames were heard in a call; null when none were. */
    public synchronized @Nullable Integer callerOf(String callId) {
        var audio = calls.get(callId);
        return audio == null ? null : audio.caller;
    }

    private long nowMs() {
        return clockMs.getAsLong();
    }
}
