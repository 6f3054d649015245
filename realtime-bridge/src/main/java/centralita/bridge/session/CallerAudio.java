package centralita.bridge.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The caller's audio on its way to the model: holes are filled with silence, and what no model can hear yet is kept.
 * μ-law, 8 kHz, one byte per sample. On the media event loop only.
 */
final class CallerAudio {
    private static final int BYTES_PER_MS = 8;
    private static final byte SILENCE = (byte) 0xFF;
    /** Time stamps are rounded; less than half a frame is no hole. */
    private static final long TOLERANCE_MS = 10;

    private final int keptBytesAtMost;
    private final long longestGapMs;
    private final ArrayDeque<ByteBuf> kept = new ArrayDeque<>();
    private int keptBytes;
    /** What is to be heard once more does not count against the bound. */
    private int againBytes;

    private long expectedMs = -1;
    /** Where what really came of the stream ends; silence that was added for a stall is not in it. */
    private long cameMs = -1;

    private long droppedMs;
    private long filledMs;

    CallerAudio(long keptMs, long longestGapMs) {
        this.keptBytesAtMost = Math.toIntExact(keptMs * BYTES_PER_MS);
        this.longestGapMs = longestGapMs;
    }

    /** A new stream counts its time from its own beginning. */
    void newStream() {
        expectedMs = -1;
        cameMs = -1;
    }

    /**
     * Takes audio.
     *
     * @param stampMs stream time of its first sample
     * @param out what the model is to hear, in order; each valid during the call
     */
    void offer(long stampMs, ByteBuf mulaw, Consumer<ByteBuf> out) {
        var missingMs = expectedMs < 0 ? 0 : stampMs - expectedMs;
        if (missingMs > TOLERANCE_MS) {
            var silence = silence(Math.min(missingMs, longestGapMs));
            out.accept(silence);
        }
        out.accept(mulaw);
        var endMs = stampMs + mulaw.readableBytes() / BYTES_PER_MS;
        expectedMs = Math.max(expectedMs, endMs);
        cameMs = Math.max(cameMs, endMs);
    }

    /** Silence for a stream that has stalled; its stamps will jump by as much when it goes on. */
    void fill(long ms, Consumer<ByteBuf> out) {
        out.accept(silence(ms));
        if (expectedMs >= 0) {
            expectedMs += ms;
        }
    }

    private ByteBuf silence(long ms) {
        filledMs += ms;
        var bytes = new byte[Math.toIntExact(ms * BYTES_PER_MS)];
        java.util.Arrays.fill(bytes, SILENCE);
        return Unpooled.wrappedBuffer(bytes);
    }

    /** Keeps a copy for later; the oldest makes room. */
    void keep(ByteBuf mulaw) {
        var copy = Unpooled.copiedBuffer(mulaw);
        kept.add(copy);
        keptBytes += copy.readableBytes();
        while (keptBytes > keptBytesAtMost + againBytes && !kept.isEmpty()) {
            var oldest = kept.removeFirst().readableBytes();
            keptBytes -= oldest;
            droppedMs += oldest / BYTES_PER_MS;
        }
    }

    /**
     * Puts audio that a model has heard before in front of all that is kept.
     *
     * @param mulaw no longer than may be kept; not copied
     */
    void keepFirst(byte[] mulaw) {
        if (mulaw.length > 0) {
            kept.addFirst(Unpooled.wrappedBuffer(mulaw));
            keptBytes += mulaw.length;
            againBytes = Math.min(keptBytesAtMost, againBytes + mulaw.length);
        }
    }

    boolean keeps() {
        return !kept.isEmpty();
    }

    /** The oldest kept audio; it is not kept any more. */
    ByteBuf take() {
        var oldest = kept.removeFirst();
        keptBytes -= oldest.readableBytes();
        againBytes = kept.isEmpty() ? 0 : againBytes;
        return oldest;
    }

    /** Forgets what is kept of the stream before that moment: it needs to be heard no more. */
    void forgetBefore(long streamMs) {
        while (!kept.isEmpty() && expectedMs - keptMs() + kept.getFirst().readableBytes() / BYTES_PER_MS <= streamMs) {
            take();
        }
    }

    /**
     * Stream time of a moment, so long before the end of all that was offered; never later than what came of the stream: in the
     * silence that was added he may have said something that nobody has heard yet. Negative when it is not known.
     */
    long momentMs(long agoMs) {
        return expectedMs < 0 ? -1 : Math.min(expectedMs - agoMs, cameMs);
    }

    int keptBytes() {
        return keptBytes;
    }

    /** How much is kept. */
    long keptMs() {
        return keptBytes / BYTES_PER_MS;
    }

    /** Audio that no model has heard. */
    long droppedMs() {
        return droppedMs;
    }

    /** Silence that the caller's stream lacked. */
    long filledMs() {
        return filledMs;
    }

    void forget() {
        kept.clear();
        keptBytes = 0;
        againBytes = 0;
    }
}
