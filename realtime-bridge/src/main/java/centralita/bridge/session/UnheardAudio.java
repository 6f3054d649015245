package centralita.bridge.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What was sent of one item and not yet heard, so that it can be sent once more. It is bounded by what a gateway lets
 * wait before it cuts an answer, and by a bound of its own, beyond which the oldest is lost. μ-law, 8 kHz.
 */
final class UnheardAudio {
    private static final int BYTES_PER_MS = 8;
    /** Four minutes; no answer is so long. */
    private static final int MOST_BYTES = 4 * 60_000 * BYTES_PER_MS;

    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    /** Where the first piece begins in the item. */
    private long fromByte;
    /** Where in the item its present number began. */
    private long baseByte;

    private int keptBytes;

    /** @param mulaw kept as it is, not copied */
    void keep(byte[] mulaw) {
        pieces.add(mulaw);
        keptBytes += mulaw.length;
        while (keptBytes > MOST_BYTES) {
            dropFirst();
        }
    }

    /** @param heardMs of the item since it got its present number */
    void heardHere(long heardMs) {
        dropUntil(baseByte + heardMs * BYTES_PER_MS);
    }

    /** @param heardMs of the whole item; what is left begins there to the byte */
    void heardUntil(long heardMs) {
        var until = heardMs * BYTES_PER_MS;
        dropUntil(until);
        var first = pieces.peekFirst();
        if (first != null && until > fromByte) {
            var skip = (int) (until - fromByte);
            pieces.removeFirst();
            pieces.addFirst(Arrays.copyOfRange(first, skip, first.length));
            fromByte += skip;
            keptBytes -= skip;
        }
    }

    private void dropUntil(long until) {
        while (!pieces.isEmpty() && fromByte + pieces.getFirst().length <= until) {
            dropFirst();
        }
    }

    private void dropFirst() {
        var length = pieces.removeFirst().length;
        fromByte += length;
        keptBytes -= length;
    }

    /** What is left is sent under a new number. */
    void restart() {
        baseByte = fromByte;
    }

    void forEach(Consumer<byte[]> piece) {
        pieces.forEach(piece);
    }

    void forget() {
        pieces.clear();
        keptBytes = 0;
    }
}
