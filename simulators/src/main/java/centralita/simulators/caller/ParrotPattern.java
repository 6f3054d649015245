package centralita.simulators.caller;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Audio that only one caller sends, and the judge of what comes back. Every frame of 160 μ-law bytes begins with a
 * mark, the caller's number and the frame's number, and goes on with noise that both determine; all of it is as loud as
 * speech. So a frame tells whose it is and whether a single bit of it has changed, wherever in the stream it turns up.
 * Not thread-safe.
 */
final class ParrotPattern {
    static final int FRAME_BYTES = 160;
    private static final int HEADER_SYMBOLS = 12;
    private static final int MAX_FRAMES = 1 << 16;
    private static final int[] MARK = {9, 54, 18, 45};

    /**
     * What became of the frames.
     *
     * @param lost sent and never heard
     * @param corrupted recognised as one's own, but not equal
     * @param crossed somebody else's
     * @param repeated heard more than once
     */
    record Count(int sent, int heard, int lost, int corrupted, int crossed, int repeated) {
        boolean clean() {
            return lost == 0 && corrupted == 0 && crossed == 0 && repeated == 0;
        }
    }

    private final int caller;
    private final byte[] window = new byte[2 * FRAME_BYTES];
    private final BitSet heardFrames = new BitSet();
    private int filled;
    private int sent;
    private int corrupted;
    private int crossed;
    private int repeated;

    /** @param caller 0 to 262,143, unique among those who speak at the same time */
    ParrotPattern(int caller) {
        this.caller = caller;
    }

    /** Writes the next frame. */
    void next(byte[] frame) {
        write(frame, caller, sent++ % MAX_FRAMES);
    }

    /** @param length of what came back; any, cut anywhere */
    void hear(byte[] mulaw, int length) {
        for (int at = 0; at < length; at++) {
            if (filled == window.length) {
                drop(1);
            }
            window[filled++] = mulaw[at];
            if (filled >= FRAME_BYTES) {
                look();
            }
        }
    }

    private void look() {
        if (!marked()) {
            drop(filled - FRAME_BYTES + 1);
            return;
        }
        int whose = number(4);
        int frame = number(8);
        var expected = new byte[FRAME_BYTES];
        write(expected, whose, frame);
        boolean intact = Arrays.equals(expected, 0, FRAME_BYTES, window, 0, FRAME_BYTES);
        if (!intact) {
            corrupted++;
        } else if (whose != caller) {
            crossed++;
        } else if (heardFrames.get(frame)) {
            repeated++;
        } else {
            heardFrames.set(frame);
        }
        drop(FRAME_BYTES);
    }

    private boolean marked() {
        for (int at = 0; at < MARK.length; at++) {
            if (window[at] != mulaw(MARK[at])) {
                return false;
            }
        }
        return true;
    }

    private void drop(int bytes) {
        System.arraycopy(window, bytes, window, 0, filled - bytes);
        filled -= bytes;
    }

    Count count() {
        int heard = heardFrames.cardinality();
        return new Count(sent, heard, Math.max(0, sent - heard), corrupted, crossed, repeated);
    }

    private int number(int at) {
        int number = 0;
        for (int i = 0; i < 4; i++) {
            number = number << 6 | symbol(window[at + i]);
        }
        return number;
    }

    private static void write(byte[] frame, int caller, int number) {
        for (int at = 0; at < MARK.length; at++) {
            frame[at] = mulaw(MARK[at]);
        }
        for (int i = 0; i < 4; i++) {
            frame[4 + i] = mulaw(caller >> 18 - 6 * i & 63);
            frame[8 + i] = mulaw(number >> 18 - 6 * i & 63);
        }
        long noise = 0x9E3779B97F4A7C15L * (((long) caller << 24 | number) + 1);
        for (int at = HEADER_SYMBOLS; at < frame.length; at++) {
            noise ^= noise << 13;
            noise ^= noise >>> 7;
            noise ^= noise << 17;
            frame[at] = mulaw((int) (noise >>> 40 & 63));
        }
    }

    /** 64 codes of about 4,000 to 16,000, half of them negative. */
    private static byte mulaw(int symbol) {
        return (byte) ((symbol & 32) << 2 | 0x10 + (symbol & 31));
    }

    private static int symbol(byte mulaw) {
        return (mulaw & 0x80) >> 2 | (mulaw - 0x10 & 31);
    }
}
