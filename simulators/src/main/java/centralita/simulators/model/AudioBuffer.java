package centralita.simulators.model;

import centralita.simulators.speech.Mulaw;
import java.util.Arrays;

/**
 * The caller's μ-law since the last commit. Positions are milliseconds since the first sample of the session. Keeps at
 * most ten minutes: then the oldest goes.
 */
final class AudioBuffer {
    private static final int MOST_BYTES = 10 * 60_000 * Mulaw.BYTES_PER_MS;

    private byte[] bytes = new byte[16_384];
    private int from;
    private int to;
    /** Position of {@code bytes[from]} in the session, in bytes. */
    private long startsAt;

    void append(byte[] mulaw) {
        if (to + mulaw.length > bytes.length) {
            makeRoom(mulaw.length);
        }
        System.arraycopy(mulaw, 0, bytes, to, mulaw.length);
        to += mulaw.length;
        if (length() > MOST_BYTES) {
            drop(length() - MOST_BYTES);
        }
    }

    private void makeRoom(int more) {
        int length = length();
        var target = length + more > bytes.length / 2 ? new byte[Math.max(bytes.length * 2, length + more)] : bytes;
        System.arraycopy(bytes, from, target, 0, length);
        bytes = target;
        from = 0;
        to = length;
    }

    int length() {
        return to - from;
    }

    int lengthMs() {
        return length() / Mulaw.BYTES_PER_MS;
    }

    long endMs() {
        return (startsAt + length()) / Mulaw.BYTES_PER_MS;
    }

    /** Forgets all but the last milliseconds. */
    void keepLast(int ms) {
        drop(Math.max(0, length() - ms * Mulaw.BYTES_PER_MS));
    }

    /** Takes everything from a position on, and forgets what was before. */
    byte[] takeFrom(long positionMs) {
        long skip = Math.clamp(positionMs * Mulaw.BYTES_PER_MS - startsAt, 0, length());
        var taken = Arrays.copyOfRange(bytes, from + (int) skip, to);
        drop(length());
        return taken;
    }

    void clear() {
        drop(length());
    }

    private void drop(int count) {
        from += count;
        startsAt += count;
        if (from == to) {
            from = 0;
            to = 0;
        }
    }
}
