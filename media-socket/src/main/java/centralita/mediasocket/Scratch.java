package centralita.mediasocket;

/** Memory for the message at hand, one for all sockets of an event loop. */
final class Scratch {
    /** More than this is given back: a message so long is rare. */
    private static final int KEPT_BYTES = 64 * 1024;

    private byte[] bytes = new byte[4 * 1024];

    /** @return at least so many bytes, with anything in them */
    byte[] of(int length) {
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, Math.min(2 * bytes.length, KEPT_BYTES))];
        }
        return bytes;
    }

    void trim() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[KEPT_BYTES];
        }
    }
}
