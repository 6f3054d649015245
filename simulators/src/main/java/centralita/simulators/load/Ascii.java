package centralita.simulators.load;

import java.nio.charset.StandardCharsets;

/** JSON text as bytes, scanned and written without making strings. */
final class Ascii {
    private static final byte[] DECODED = new byte[128];

    static {
        byte[] letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < letters.length; i++) {
            DECODED[letters[i]] = (byte) i;
        }
    }

    private Ascii() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** @return where {@code wanted} begins, or -1 */
    static int indexOf(byte[] bytes, int from, int end, byte[] wanted) {
        byte first = wanted[0];
        for (int at = from; at <= end - wanted.length; at++) {
            if (bytes[at] == first && matches(bytes, at, wanted)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Finds the text value of a key, wherever it stands.
     *
     * @param quotedKey with its quotes
     * @return index of the first character of the value, or -1 when the key is missing or its value is no text
     */
    static int textValue(byte[] bytes, int from, int end, byte[] quotedKey) {
        int at = indexOf(bytes, from, end, quotedKey);
        if (at < 0) {
            return -1;
        }
        at = skipSpace(bytes, at + quotedKey.length, end);
        if (at >= end || bytes[at] != ':') {
            return -1;
        }
        at = skipSpace(bytes, at + 1, end);
        return at < end && bytes[at] == '"' ? at + 1 : -1;
    }

    /** Whether the value that begins here is this one; both without quotes. */
    static boolean valueIs(byte[] bytes, int at, int end, byte[] value) {
        return at >= 0 && at + value.length < end && matches(bytes, at, value) && bytes[at + value.length] == '"';
    }

    /** @return index of the quote that ends the value */
    static int valueEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '"') {
            at++;
        }
        return at;
    }

    /**
     * Decodes base64, also where a JSON writer has escaped its slashes.
     *
     * @param out at least three quarters as long
     * @return bytes written
     */
    static int base64(byte[] bytes, int from, int end, byte[] out) {
        int written = 0;
        int bits = 0;
        int held = 0;
        for (int at = from; at < end; at++) {
            byte letter = bytes[at];
            if (letter == '=' || letter == '\\' || letter < 0) {
                continue;
            }
            held = held << 6 | DECODED[letter];
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                out[written++] = (byte) (held >>> bits);
            }
        }
        return written;
    }

    /** @return where the next character goes */
    static int put(byte[] out, int at, byte[] text) {
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }

    /** Writes a number that is not negative, in decimal. @return where the next character goes */
    static int put(byte[] out, int at, long number) {
        int end = at + 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            end++;
        }
        long rest = number;
        for (int i = end - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int skipSpace(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        return at;
    }
}
