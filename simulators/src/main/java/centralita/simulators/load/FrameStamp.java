package centralita.simulators.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a frame of the load says about itself. A frame is {@link #FRAME_BYTES} bytes of μ-law, 20 ms of telephone audio;
 * any byte is μ-law, so the stamp is simply written into the samples. It sounds like noise and survives every relay that
 * does not decode, mix or resample.
 *
 * <p>All numbers big-endian: magic 4, answer 4, call 4, sequence 4, sent 8, noise 132, CRC-32 over all before 4.
 *
 * @param leg which way it goes
 * @param call number of the call, unique within a process
 * @param answer number of the model's answer that it belongs to; 0 for the caller's frames
 * @param sequence counts from 0 within the answer
 * @param sentNanos {@link System#nanoTime()} right before it was written: sender and receiver share a process
 */
record FrameStamp(Leg leg, int call, int answer, int sequence, long sentNanos) {
    /** Which way a frame goes. */
    enum Leg {
        TO_MODEL(0x43_4C_55_70),
        TO_CALLER(0x43_4C_44_6E);

        private final int magic;

        Leg(int magic) {
            this.magic = magic;
        }
    }

    static final int FRAME_BYTES = 160;
    static final int FRAME_MS = 20;

    private static final int CRC_AT = FRAME_BYTES - Integer.BYTES;
    private static final byte[] NOISE = noise();

    /** Fills {@code out} with a frame; longer than one frame is fine, the rest stays. */
    void write(byte[] out, int at) {
        ByteBuffer.wrap(out, at, FRAME_BYTES)
                .putInt(leg.magic)
                .putInt(answer)
                .putInt(call)
                .putInt(sequence)
                .putLong(sentNanos)
                .put(NOISE)
                .putInt(crc(out, at));
    }

    /** @return null when these bytes are no intact frame of this direction */
    static @Nullable FrameStamp read(byte[] bytes, int at, Leg leg) {
        if (!startsAt(bytes, at, leg)) {
            return null;
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes, at, FRAME_BYTES);
        if (frame.getInt(at + CRC_AT) != crc(bytes, at)) {
            return null;
        }
        return new FrameStamp(
                leg, frame.getInt(at + 8), frame.getInt(at + 4), frame.getInt(at + 12), frame.getLong(at + 16));
    }

    /** Whether a frame may begin here; needs four bytes. */
    static boolean startsAt(byte[] bytes, int at, Leg leg) {
        return bytes[at] == (byte) (leg.magic >>> 24)
                && bytes[at + 1] == (byte) (leg.magic >>> 16)
                && bytes[at + 2] == (byte) (leg.magic >>> 8)
                && bytes[at + 3] == (byte) leg.magic;
    }

    private static int crc(byte[] bytes, int at) {
        var crc = new CRC32();
        crc.update(bytes, at, CRC_AT);
        return (int) crc.getValue();
    }

    private static byte[] noise() {
        byte[] noise = new byte[CRC_AT - 24];
        new SplittableRandom(8000).nextBytes(noise);
        return noise;
    }
}
