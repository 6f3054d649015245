package centralita.gateway.recording;

import centralita.gateway.session.StreamTap;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * One media stream as two channels on one clock, cut into segments: left what the caller said, right what he heard. Pure
 * but for its {@link Sink}; event loop only.
 *
 * <p>The clock is the stream's own. The caller's frames say where they belong. Where "now" is on it, the frames that came
 * with the least delay say; what is sent to the caller is laid where it will sound, seconds ahead, and taken out again
 * when playback is stopped before. So a segment is cut only a moment after its time, and what nobody heard is in none.
 * What nobody filled is silence. Fixed memory: a frame that does not fit because it is too late or too early is counted
 * and left out.
 */
final class StereoTrack implements StreamTap {
    static final byte SILENCE = (byte) 0xFF;
    private static final int SAMPLES_PER_MS = 8;
    /** A clear that is reckoned back by a late provider still finds its audio here; and a crash loses that much more. */
    private static final int HOLD_MS = 200;
    /** A stamp further off than this is a mistake of its sender: the stream's clock is set anew. */
    private static final int SANE_MS = 5_000;
    /** Frames (10 s) after which an old least delay is forgotten, because two clocks never go alike. */
    private static final int DELAY_WINDOW = 500;

    private final Shape shape;
    private final Sink sink;
    private final long openedMs;
    private final byte[] left;
    private final byte[] right;
    private final ArrayDeque<Pause> pauses = new ArrayDeque<>();

    /** First sample that is in no segment yet. */
    private long cut;

    private long leftEnd;
    private long rightEnd;
    /** Where the run that is being sent goes on: on the loop's clock, and on the stream's. */
    private long nextSound = Long.MIN_VALUE;

    private long nextRight;

    /** Stream time of our sample 0, in samples: a stream's time begins with the stream, if its provider can count. */
    private long origin;

    private long leastDelay = Long.MAX_VALUE;
    private long leastDelayBefore = Long.MAX_VALUE;
    private int delaysSeen;
    /** When sample 0 was, in ms after the track was opened; fixed with the first segment. */
    private long beganMs = Long.MIN_VALUE;

    private boolean over;

    /**
     * @param segmentMs length of a segment
     * @param patienceMs how long a caller's frame may be late
     * @param aheadMs how far ahead of the ear audio is sent
     */
    record Shape(int segmentMs, int patienceMs, int aheadMs) {}

    /** Takes what is cut. */
    interface Sink {
        /** @param startMs since the track was opened; a little before it for what was on its way @param stereo one byte left, one byte right, and so on; now the sink's */
        void segment(long startMs, byte[] stereo);

        /** Audio could not be kept. */
        void misfit(int samples);
    }

    /** @param to excluded; the largest number while it lasts */
    private record Pause(long from, long to) {}

    StereoTrack(Shape shape, long openedMs, Sink sink) {
        this.shape = shape;
        this.sink = sink;
        this.openedMs = openedMs;
        var past = shape.segmentMs + shape.patienceMs + HOLD_MS;
        this.left = silence(past + SANE_MS);
        this.right = silence(past + shape.aheadMs + SANE_MS);
    }

    private static byte[] silence(int lengthMs) {
        var samples = new byte[lengthMs * SAMPLES_PER_MS];
        Arrays.fill(samples, SILENCE);
        return samples;
    }

    @Override
    public void caller(long nowMs, long stampMs, byte[] mulaw, int offset, int length) {
        if (over) {
            return;
        }
        var now = sinceOpened(nowMs);
        var at = stampMs * SAMPLES_PER_MS - origin;
        var delay = now - (at + length);
        if (delay > samplesOf(SANE_MS) || delay < -samplesOf(SANE_MS)) {
            anchor(stampMs, now, length);
            at = stampMs * SAMPLES_PER_MS - origin;
            delay = now - (at + length);
        }
        learn(delay);
        lay(left, at, mulaw, offset, length);
        leftEnd = Math.max(leftEnd, at + length);
        cutUntil(streamNow(nowMs));
    }

    /** The stream's time is not what it was: the frame came just now, so it ends now. */
    private void anchor(long stampMs, long now, int length) {
        origin = stampMs * SAMPLES_PER_MS - Math.max(cut, now - length);
        leastDelay = Long.MAX_VALUE;
        leastDelayBefore = Long.MAX_VALUE;
        delaysSeen = 0;
    }

    private void learn(long delay) {
        leastDelay = Math.min(leastDelay, delay);
        if (++delaysSeen == DELAY_WINDOW) {
            delaysSeen = 0;
            leastDelayBefore = leastDelay;
            leastDelay = Long.MAX_VALUE;
        }
    }

    private long sinceOpened(long nowMs) {
        return (nowMs - openedMs) * SAMPLES_PER_MS;
    }

    private long streamNow(long nowMs) {
        return onStream(nowMs * SAMPLES_PER_MS);
    }

    private long onStream(long loopPosition) {
        return loopPosition - openedMs * SAMPLES_PER_MS - least();
    }

    private long least() {
        var least = Math.min(leastDelay, leastDelayBefore);
        return least == Long.MAX_VALUE ? 0 : least;
    }

    @Override
    public void assistant(long soundsAt, byte[] mulaw, int offset, int length) {
        if (over) {
            return;
        }
        var at = soundsAt == nextSound ? nextRight : Math.max(rightEnd, onStream(soundsAt));
        lay(right, at, mulaw, offset, length);
        nextSound = soundsAt + length;
        nextRight = at + length;
        rightEnd = nextRight;
    }

    @Override
    public void cleared(long heardUntil) {
        if (nextSound == Long.MIN_VALUE) {
            return;
        }
        var from = Math.clamp(nextRight - (nextSound - heardUntil), cut, Math.max(cut, rightEnd));
        fill(right, from, rightEnd);
        rightEnd = from;
        nextSound = Long.MIN_VALUE;
    }

    @Override
    public void tick(long nowMs) {
        cutUntil(streamNow(nowMs));
    }

    /** From now on until {@link #resume} both channels are silent. */
    void pause(long nowMs) {
        if (!paused()) {
            pauses.add(new Pause(Math.max(cut, streamNow(nowMs)), Long.MAX_VALUE));
        }
    }

    void resume(long nowMs) {
        if (paused()) {
            var begun = pauses.removeLast();
            pauses.add(new Pause(begun.from, Math.max(begun.from, streamNow(nowMs))));
        }
    }

    private boolean paused() {
        var last = pauses.peekLast();
        return last != null && last.to == Long.MAX_VALUE;
    }

    @Override
    public void ended(long nowMs, long heardUntil) {
        if (over) {
            return;
        }
        cleared(heardUntil);
        over = true;
        var now = streamNow(nowMs);
        var end = Math.min(Math.max(Math.max(now, leftEnd), cut), cut + left.length);
        while (cut < end) {
            emit(Math.min(end, cut + samplesOf(shape.segmentMs)));
        }
    }

    private static long samplesOf(int ms) {
        return (long) ms * SAMPLES_PER_MS;
    }

    private void cutUntil(long now) {
        while (!over) {
            var end = cut + samplesOf(shape.segmentMs);
            var waitMs = HOLD_MS + (leftEnd >= end ? 0 : shape.patienceMs);
            if (now < end + samplesOf(waitMs)) {
                return;
            }
            emit(end);
        }
    }

    private void emit(long end) {
        var stereo = new byte[(int) (end - cut) * 2];
        var l = (int) (cut % left.length);
        var r = (int) (cut % right.length);
        for (var i = 0; i < stereo.length; i += 2) {
            stereo[i] = left[l];
            stereo[i + 1] = right[r];
            l = l + 1 == left.length ? 0 : l + 1;
            r = r + 1 == right.length ? 0 : r + 1;
        }
        silencePauses(stereo, end);
        fill(left, cut, end);
        fill(right, cut, end);
        if (beganMs == Long.MIN_VALUE) {
            beganMs = least() / SAMPLES_PER_MS;
        }
        var startMs = beganMs + cut / SAMPLES_PER_MS;
        cut = end;
        sink.segment(startMs, stereo);
    }

    private void silencePauses(byte[] stereo, long end) {
        for (var pause : pauses) {
            var from = Math.clamp(pause.from, cut, end) - cut;
            var to = Math.clamp(pause.to, cut, end) - cut;
            if (from < to) {
                Arrays.fill(stereo, (int) from * 2, (int) to * 2, SILENCE);
            }
        }
        pauses.removeIf(pause -> pause.to <= end);
    }

    private void lay(byte[] channel, long at, byte[] mulaw, int offset, int length) {
        var from = Math.max(at, cut);
        var to = Math.min(at + length, cut + channel.length);
        var kept = (int) Math.max(0, to - from);
        if (kept < length) {
            sink.misfit(length - kept);
        }
        if (kept > 0) {
            var source = offset + (int) (from - at);
            var place = (int) (from % channel.length);
            var first = Math.min(kept, channel.length - place);
            System.arraycopy(mulaw, source, channel, place, first);
            System.arraycopy(mulaw, source + first, channel, 0, kept - first);
        }
    }

    private static void fill(byte[] channel, long from, long to) {
        for (var at = from; at < to; at++) {
            channel[(int) (at % channel.length)] = SILENCE;
        }
    }
}
