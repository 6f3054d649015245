package centralita.gateway.session;

import centralita.gateway.link.AudioLink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The caller's audio on its way to a bridge: the ring that keeps its last seconds, how far the bridge has been given it,
 * and what was missing. Event loop only.
 */
final class CallerAudio {
    private static final int FRAME_MS = 20;
    private static final byte SILENCE = (byte) 0xFF;

    private final CallerAudioRing ring;
    private final SessionMetrics metrics;
    private long nextFrame;
    private long settledFrame;
    private int reserved;
    private long nextStampMs = -1;
    private long framesIn;
    private long missingFrames;
    private long droppedFrames;
    private final ArrivalMeter arrivals = new ArrivalMeter();
    private final @Nullable EchoGuard guard;

    /** @param guard null: what comes is taken as it is */
    CallerAudio(int ringSeconds, SessionMetrics metrics, @Nullable EchoGuard guard) {
        this.guard = guard;
        this.ring = CallerAudioRing.ofSeconds(ringSeconds);
        this.metrics = metrics;
    }

    /** Where the next frame of at most so many bytes may be written in {@link #memory}. */
    int reserve(int maxBytes) {
        reserved = ring.reserve(maxBytes);
        return reserved;
    }

    byte[] memory() {
        return ring.memory();
    }

    /** Most bytes of one frame. */
    int maxFrameBytes() {
        return ring.memory().length;
    }

    /**
     * A frame was written where {@link #reserve} said.
     *
     * @param arrivalMs when it came, on a clock that never runs backwards
     * @param stampMs stream time of its first sample; negative when the provider did not say
     */
    void commit(long arrivalMs, long stampMs, int length) {
        var stamp = stampMs >= 0 ? stampMs : Math.max(0, nextStampMs);
        arrivals.arrived(arrivalMs, stamp, length / PlaybackClock.BYTES_PER_MS);
        if (guard != null && guard.isEcho(stamp + arrivals.quickestMs(), ring.memory(), reserved, length)) {
            Arrays.fill(ring.memory(), reserved, reserved + length, SILENCE);
            metrics.echo();
        }
        if (nextStampMs >= 0 && stamp >= nextStampMs + FRAME_MS) {
            missingFrames += (stamp - nextStampMs) / FRAME_MS;
        }
        nextStampMs = stamp + length / PlaybackClock.BYTES_PER_MS;
        framesIn++;
        ring.commit((int) stamp, length);
    }

    /** Lets somebody hear the frame that was committed last. */
    void tell(StreamTap tap, long nowMs, int length) {
        tap.caller(nowMs, nextStampMs - length / PlaybackClock.BYTES_PER_MS, ring.memory(), reserved, length);
    }

    /** The number that the next frame will have. */
    long next() {
        return ring.next();
    }

    /** What was said before this frame was answered, and the answer was heard: no bridge needs it again. */
    void settled(long frame) {
        settledFrame = Math.max(settledFrame, frame);
    }

    /** Another bridge listens: it gets all that the ring still has and that is not settled. */
    void again() {
        nextFrame = Math.max(ring.first(), settledFrame);
    }

    /** Another bridge will listen: it gets the last so many milliseconds, and what comes until then. */
    void rewind(long ms) {
        nextFrame = Math.max(ring.first(), ring.next() - ms / FRAME_MS);
    }

    /** Gives a bridge what it has not got yet. What it cannot take waits in the ring, and is dropped when that is full. */
    void forward(AudioLink to, int session) {
        if (!to.writable()) {
            return;
        }
        if (nextFrame < ring.first()) {
            metrics.framesDropped(ring.first() - nextFrame);
            droppedFrames += ring.first() - nextFrame;
            nextFrame = ring.first();
        }
        ring.forEachFrom(
                nextFrame, (stampMs, mulaw, offset, length) -> to.audio(session, stampMs, mulaw, offset, length));
        nextFrame = ring.next();
    }

    /** Whether the caller did not speak in the last so many milliseconds of his audio. */
    boolean quiet(long ms) {
        var level = new CallerLevel();
        ring.forEachFrom(ring.next() - ms / FRAME_MS, (_, mulaw, offset, length) -> level.add(mulaw, offset, length));
        return level.mean() < CallerLevel.QUIET;
    }

    /** Stream time by now, as far as audio has told it. */
    int stampMs() {
        return (int) Math.max(0, nextStampMs);
    }

    long framesIn() {
        return framesIn;
    }

    long missingFrames() {
        return missingFrames;
    }

    ArrivalMeter arrivals() {
        return arrivals;
    }

    /** Audio that came and was too old when a bridge could take it. */
    long droppedMs() {
        return droppedFrames * FRAME_MS;
    }
}
