package centralita.bridge.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The last of what a model session has heard of the caller, for the next one if this one is lost before it has written it
 * down. A second of it while he says nothing that would be missed; more while he does, up to a bound, beyond which the
 * oldest is lost. Positions are bytes since the session began: μ-law, 8 kHz. On the media event loop only.
 */
final class HeardOfCaller {
    private static final int BYTES_PER_MS = 8;
    private static final int PIECE_BYTES = 50 * BYTES_PER_MS;
    /** Half a second of lead-in, and as much until a model says that somebody speaks. */
    private static final int AT_REST_BYTES = 1_000 * BYTES_PER_MS;

    private final int mostBytes;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private byte @Nullable [] spare;
    private long fromByte;
    private long toByte;

    HeardOfCaller(long mostMs) {
        this.mostBytes = Math.toIntExact(mostMs * BYTES_PER_MS);
    }

    /**
     * Adds audio.
     *
     * @param mulaw copied; its indices stay
     * @param neededFromMs what was said from there on may be wanted again; -1: nothing
     */
    void add(ByteBuf mulaw, long neededFromMs) {
        var left = mulaw.readableBytes();
        while (left > 0) {
            var place = (int) ((toByte - fromByte) % PIECE_BYTES);
            if (place == 0) {
                pieces.add(spare == null ? new byte[PIECE_BYTES] : spare);
                spare = null;
            }
            var length = Math.min(left, PIECE_BYTES - place);
            mulaw.getBytes(mulaw.readerIndex() + mulaw.readableBytes() - left, pieces.getLast(), place, length);
            toByte += length;
            left -= length;
        }
        var restByte = toByte - AT_REST_BYTES;
        var neededByte = neededFromMs < 0 ? restByte : Math.min(restByte, neededFromMs * BYTES_PER_MS);
        dropBefore(Math.max(neededByte, toByte - mostBytes));
    }

    private void dropBefore(long position) {
        while (!pieces.isEmpty() && fromByte + PIECE_BYTES <= position) {
            spare = pieces.removeFirst();
            fromByte += PIECE_BYTES;
        }
    }

    /** How much the session has heard. */
    long heardMs() {
        return toByte / BYTES_PER_MS;
    }

    /** A copy of all from there on that is still here. */
    byte[] since(long ms) {
        return between(ms, heardMs() + 1);
    }

    /** A copy of what lies between two moments and is still here. */
    byte[] between(long fromMs, long toMs) {
        var from = Math.clamp(fromMs * BYTES_PER_MS, Math.max(fromByte, toByte - mostBytes), toByte);
        var to = Math.clamp(toMs * BYTES_PER_MS, from, toByte);
        var audio = new byte[Math.toIntExact(to - from)];
        var pieceFrom = fromByte;
        for (var piece : pieces) {
            var first = Math.max(from, pieceFrom);
            var end = Math.min(to, pieceFrom + PIECE_BYTES);
            if (first < end) {
                System.arraycopy(piece, (int) (first - pieceFrom), audio, (int) (first - from), (int) (end - first));
            }
            pieceFrom += PIECE_BYTES;
        }
        return audio;
    }

    /** Another session hears from its own beginning. */
    void restart() {
        pieces.clear();
        spare = null;
        fromByte = 0;
        toByte = 0;
    }
}
