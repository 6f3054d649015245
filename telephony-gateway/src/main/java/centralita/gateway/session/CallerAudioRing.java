package centralita.gateway.session;

/**
 * The last seconds of what the caller said, frame by frame, for a bridge that could not take it yet or takes the call
 * over. Fixed memory; the oldest frames go first. One per media stream, on that stream's event loop.
 */
public final class CallerAudioRing {
    private static final int BYTES_PER_SECOND = 8_000;
    private static final int FRAME_BYTES = 160;
    /** The place of the next frame may lie across two old ones, and the ring's end may be too short for it. */
    private static final int SPARE_FRAMES = 3;

    private final byte[] bytes;
    private final int[] offsets;
    private final int[] lengths;
    private final int[] stampsMs;
    private long first;
    private long next;
    private int writeOffset;

    /** Receives frames, oldest first. */
    @FunctionalInterface
    public interface Frame {
        /** @param mulaw the ring's own memory: valid during the call, not to be changed */
        void on(int stampMs, byte[] mulaw, int offset, int length);
    }

    /**
     * @param capacityBytes of audio; at least one frame of any size that is offered
     * @param capacityFrames at least one
     */
    public CallerAudioRing(int capacityBytes, int capacityFrames) {
        this.bytes = new byte[capacityBytes];
        this.offsets = new int[capacityFrames];
        this.lengths = new int[capacityFrames];
        this.stampsMs = new int[capacityFrames];
    }

    /** A ring that has so many seconds of a provider's frames whenever it is asked, while it takes the next one, too. */
    static CallerAudioRing ofSeconds(int seconds) {
        return new CallerAudioRing(
                seconds * BYTES_PER_SECOND + SPARE_FRAMES * FRAME_BYTES,
                seconds * BYTES_PER_SECOND / FRAME_BYTES + SPARE_FRAMES);
    }

    /**
     * Makes room for a frame and drops as many of the oldest as it takes.
     *
     * @param maxLength at most the capacity
     * @return where in {@link #memory()} up to {@code maxLength} bytes may be written, before {@link #commit}
     */
    public int reserve(int maxLength) {
        if (maxLength > bytes.length) {
            throw new IllegalArgumentException("a frame of " + maxLength + " bytes is longer than the ring");
        }
        if (writeOffset + maxLength > bytes.length) {
            dropOverlapping(writeOffset, bytes.length);
            writeOffset = 0;
        }
        dropOverlapping(writeOffset, writeOffset + maxLength);
        return writeOffset;
    }

    /** Keeps what was written where {@link #reserve} said. @return the frame's number, from 0 */
    public long commit(int stampMs, int length) {
        if (next - first == offsets.length) {
            first++;
        }
        var slot = (int) (next % offsets.length);
        offsets[slot] = writeOffset;
        lengths[slot] = length;
        stampsMs[slot] = stampMs;
        writeOffset += length;
        return next++;
    }

    private void dropOverlapping(int from, int to) {
        while (first < next) {
            var slot = (int) (first % offsets.length);
            if (offsets[slot] >= to || offsets[slot] + lengths[slot] <= from) {
                return;
            }
            first++;
        }
    }

    public byte[] memory() {
        return bytes;
    }

    /** The number of the oldest frame that is still here. */
    public long first() {
        return first;
    }

    /** The number that the next frame will have. */
    public long next() {
        return next;
    }

    /** Shows the frames from a number on; those that are gone are left out. */
    public void forEachFrom(long number, Frame frame) {
        for (var n = Math.max(number, first); n < next; n++) {
            var slot = (int) (n % offsets.length);
            frame.on(stampsMs[slot], bytes, offsets[slot], lengths[slot]);
        }
    }
}
