package centralita.bridge.pcm;

import java.util.Arrays;

/**
 * Linear samples of 24 kHz, 16 bits, little-endian, to μ-law of 8 kHz. Keeps its state from one piece to the next, also
 * half a sample, so a stream may come in pieces of any length; allocates nothing but what {@link #convert(byte[])}
 * returns. The sound comes out 2 ms later than it went in. One per stream; not thread-safe.
 */
public final class FromPcm24 {
    private static final int[] COEFFICIENTS = LowPass.coefficients(1);
    private static final int TAPS = LowPass.TAPS;

    /** The last samples twice, one behind the other: the newest {@code TAPS} always lie side by side. */
    private final int[] samples = new int[2 * TAPS];

    private int next;
    private int phase;
    /** The first byte of a sample whose second has not come; negative when there is none. */
    private int lowByte = -1;

    /** Forgets what came before: another sound begins. */
    public void reset() {
        Arrays.fill(samples, 0);
        next = 0;
        phase = 0;
        lowByte = -1;
    }

    /** How many bytes so many more would give now. */
    public int length(int pcmBytes) {
        var whole = (pcmBytes + (lowByte < 0 ? 0 : 1)) / 2;
        return (phase + whole) / LowPass.RATIO;
    }

    /** @param pcm any length @return the μ-law that it completes; the caller's own */
    public byte[] convert(byte[] pcm) {
        var mulaw = new byte[length(pcm.length)];
        convert(pcm, mulaw);
        return mulaw;
    }

    /** @param mulaw takes {@link #length} bytes @return bytes written */
    public int convert(byte[] pcm, byte[] mulaw) {
        var at = 0;
        for (var octet : pcm) {
            if (lowByte < 0) {
                lowByte = octet & 0xFF;
                continue;
            }
            var sample = octet << 8 | lowByte;
            lowByte = -1;
            samples[next] = sample;
            samples[next + TAPS] = sample;
            next = next + 1 == TAPS ? 0 : next + 1;
            phase++;
            if (phase == LowPass.RATIO) {
                phase = 0;
                mulaw[at++] = Mulaw.mulaw(filtered());
            }
        }
        return at;
    }

    private int filtered() {
        var sum = 1 << LowPass.SHIFT - 1;
        for (var k = 0; k < TAPS; k++) {
            sum += COEFFICIENTS[k] * samples[next + k];
        }
        return sum >> LowPass.SHIFT;
    }
}
