package centralita.simulators.load;

import centralita.simulators.load.FrameStamp.Leg;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * One receiver's end of one call's audio in one direction: cuts what arrives into frames, whatever pieces it comes in,
 * and keeps account of them. Belongs to the thread that reads the sockets.
 */
final class FrameIntake {
    /** What is told of each intact frame of this call. */
    interface Arrival {
        void arrived(FrameStamp stamp, long nowNanos);
    }

    /** Number of a call that is not known yet: the first intact frame tells it. */
    static final int UNKNOWN = -1;

    private static final byte SILENCE = (byte) 0xFF;

    private final Leg leg;
    private final Arrival arrival;
    private final Map<Integer, Received> answers = new TreeMap<>();
    private final byte[] rest = new byte[FrameStamp.FRAME_BYTES];
    private int restLength;
    private int call;
    private boolean astray;
    private long corrupted;
    private long crossed;
    private long disordered;
    private long silenceBytes;

    /** What has come of one answer. */
    private static final class Received {
        private int first = -1;
        private int last = -1;
        private int count;
    }

    /**
     * The account of one call's direction.
     *
     * @param received intact frames of this call
     * @param unheard frames sent before the first that arrived: the relay was not ready yet
     * @param lost frames that should have arrived after it and did not
     * @param corrupted pieces that were no intact frame
     * @param crossed intact frames of another call
     * @param disordered frames that came twice or after a later one
     * @param silenceBytes μ-law silence that the relay put in
     */
    record Account(
            long received, long unheard, long lost, long corrupted, long crossed, long disordered, long silenceBytes) {}

    FrameIntake(Leg leg, int call, Arrival arrival) {
        this.leg = leg;
        this.call = call;
        this.arrival = arrival;
    }

    /** The call it belongs to, or {@link #UNKNOWN}. */
    int call() {
        return call;
    }

    /** Takes audio in, any length; the bytes are not kept. */
    void accept(byte[] audio, int from, int length, long nowNanos) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (restLength > 0) {
                int take = Math.min(FrameStamp.FRAME_BYTES - restLength, end - at);
                System.arraycopy(audio, at, rest, restLength, take);
                restLength += take;
                at += take;
                if (restLength < FrameStamp.FRAME_BYTES) {
                    return;
                }
                int used = step(rest, 0, FrameStamp.FRAME_BYTES, nowNanos);
                restLength -= used;
                System.arraycopy(rest, used, rest, 0, restLength);
            } else if (end - at >= FrameStamp.FRAME_BYTES) {
                at += step(audio, at, end, nowNanos);
            } else {
                restLength = end - at;
                System.arraycopy(audio, at, rest, 0, restLength);
                return;
            }
        }
    }

    /** Takes one frame, or what lies before the next one. @return bytes used, at least 1 */
    private int step(byte[] bytes, int at, int end, long nowNanos) {
        FrameStamp stamp = FrameStamp.read(bytes, at, leg);
        if (stamp != null) {
            astray = false;
            count(stamp, nowNanos);
            return FrameStamp.FRAME_BYTES;
        }
        if (FrameStamp.startsAt(bytes, at, leg)) {
            corrupted++;
            astray = true;
            return 1;
        }
        if (!astray && bytes[at] == SILENCE) {
            silenceBytes++;
            return 1;
        }
        if (!astray) {
            corrupted++;
            astray = true;
        }
        int next = at + 1;
        while (next + Integer.BYTES <= end && !FrameStamp.startsAt(bytes, next, leg)) {
            next++;
        }
        return next - at;
    }

    private void count(FrameStamp stamp, long nowNanos) {
        if (call == UNKNOWN) {
            call = stamp.call();
        }
        if (stamp.call() != call) {
            crossed++;
            return;
        }
        Received answer = answers.computeIfAbsent(stamp.answer(), number -> new Received());
        if (stamp.sequence() <= answer.last) {
            disordered++;
            return;
        }
        if (answer.first < 0) {
            answer.first = stamp.sequence();
        }
        answer.last = stamp.sequence();
        answer.count++;
        arrival.arrived(stamp, nowNanos);
    }

    /**
     * Strikes the balance with what was sent.
     *
     * @param sent frames sent per answer, index 0 for answer 0; an answer that nobody interrupted must have come whole
     * @param interrupted answers that the caller interrupted: their tail was cut on purpose
     */
    Account balance(int[] sent, boolean[] interrupted) {
        long unheard = 0;
        long missing = 0;
        long received = 0;
        boolean begun = false;
        for (int number = 0; number < sent.length; number++) {
            Received answer = answers.get(number);
            if (answer == null) {
                if (begun && !interrupted[number]) {
                    missing += sent[number];
                } else if (!begun) {
                    unheard += sent[number];
                }
                continue;
            }
            int from = 0;
            if (!begun) {
                begun = true;
                from = answer.first;
                unheard += from;
            }
            int until = interrupted[number] ? answer.last + 1 : sent[number];
            missing += Math.max(0, until - from - answer.count);
            received += answer.count;
        }
        return new Account(
                received,
                unheard,
                Math.max(0, missing - corrupted),
                corrupted,
                crossed,
                disordered,
                silenceBytes + trailingSilence());
    }

    private long trailingSilence() {
        byte[] silence = new byte[restLength];
        Arrays.fill(silence, SILENCE);
        return Arrays.equals(rest, 0, restLength, silence, 0, restLength) ? restLength : 0;
    }
}
