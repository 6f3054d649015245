package centralita.bridge.pcm;

import io.netty.buffer.ByteBuf;

/**
 * μ-law of 8 kHz to linear samples of 24 kHz, 16 bits, little-endian. Keeps its state from one piece to the next, so a
 * stream may come in pieces of any length; allocates nothing. The sound comes out 2 ms later than it went in. One per
 * stream; not thread-safe.
 *
 * <p>A polyphase filter: of the 97 coefficients every third meets a sample that is not one of the two zeros put between
 * each two, so an output costs 33 multiplications.
 */
public final class ToPcm24 {
    /** Bytes that come out for one that goes in. */
    public static final int GROWTH = 6;

    private static final int HISTORY = (LowPass.TAPS + LowPass.RATIO - 1) / LowPass.RATIO;
    /** By phase; each reversed, so that both arrays are walked forwards. */
    private static final int[][] PHASES = phases();

    /** The last samples twice, one behind the other: the newest {@code HISTORY} always lie side by side. */
    private final int[] samples = new int[2 * HISTORY];

    private int next;

    private static int[][] phases() {
        // Two of three samples are zeros: what passes must be three times as loud.
        var all = LowPass.coefficients(LowPass.RATIO);
        var phases = new int[LowPass.RATIO][HISTORY];
        for (var n = 0; n < all.length; n++) {
            phases[n % LowPass.RATIO][HISTORY - 1 - n / LowPass.RATIO] = all[n];
        }
        return phases;
    }

    /**
     * Converts a piece.
     *
     * @param mulaw its readable bytes; its indices stay
     * @param out takes {@link #GROWTH} bytes for each
     * @return bytes written
     */
    public int convert(ByteBuf mulaw, byte[] out, int offset) {
        var from = mulaw.readerIndex();
        var length = mulaw.readableBytes();
        var at = offset;
        for (var i = 0; i < length; i++) {
            var sample = Mulaw.linear(mulaw.getByte(from + i));
            samples[next] = sample;
            samples[next + HISTORY] = sample;
            next = next + 1 == HISTORY ? 0 : next + 1;
            for (var phase : PHASES) {
                var value = filtered(phase);
                out[at++] = (byte) value;
                out[at++] = (byte) (value >> 8);
            }
        }
        return at - offset;
    }

    private int filtered(int[] phase) {
        var sum = 1 << LowPass.SHIFT - 1;
        for (var k = 0; k < HISTORY; k++) {
            sum += phase[k] * samples[next + k];
        }
        return Math.clamp(sum >> LowPass.SHIFT, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
