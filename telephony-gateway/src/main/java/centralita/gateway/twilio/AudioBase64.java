package centralita.gateway.twilio;

import java.util.Arrays;

/** Base64 from array to array, without a String and without a copy between: audio passes here fifty times a second. */
final class AudioBase64 {
    private static final byte[] LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (var i = 0; i < LETTERS.length; i++) {
            VALUES[LETTERS[i]] = (byte) i;
        }
    }

    private AudioBase64() {}

    /** The most bytes that a text of so many characters can hold. */
    static int maxDecodedLength(int characters) {
        return characters / 4 * 3;
    }

    static int encodedLength(int bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /**
     * Decodes padded base64 without white space.
     *
     * @param to room for {@link #maxDecodedLength} from {@code at} on
     * @return the number of bytes, or -1 when the text is no such base64; what was written then means nothing
     */
    static int decode(byte[] text, int from, int end, byte[] to, int at) {
        var characters = end - from;
        if ((characters & 3) != 0 || characters == 0) {
            return -1;
        }
        var out = at;
        var i = from;
        for (; i < end - 4; i += 4) {
            var bits = VALUES[text[i] & 0xFF] << 18
                    | VALUES[text[i + 1] & 0xFF] << 12
                    | VALUES[text[i + 2] & 0xFF] << 6
                    | VALUES[text[i + 3] & 0xFF];
            if (bits < 0) {
                return -1;
            }
            to[out++] = (byte) (bits >> 16);
            to[out++] = (byte) (bits >> 8);
            to[out++] = (byte) bits;
        }
        var padding = text[end - 1] == '=' ? (text[end - 2] == '=' ? 2 : 1) : 0;
        var bits = VALUES[text[i] & 0xFF] << 18
                | VALUES[text[i + 1] & 0xFF] << 12
                | (padding == 2 ? 0 : VALUES[text[i + 2] & 0xFF]) << 6
                | (padding >= 1 ? 0 : VALUES[text[i + 3] & 0xFF]);
        if (bits < 0) {
            return -1;
        }
        to[out++] = (byte) (bits >> 16);
        if (padding < 2) {
            to[out++] = (byte) (bits >> 8);
        }
        if (padding == 0) {
            to[out++] = (byte) bits;
        }
        return out - at;
    }

    /** Encodes with padding. @param to room for {@link #encodedLength} from {@code at} on @return where it ends */
    static int encode(byte[] bytes, int from, int length, byte[] to, int at) {
        var out = at;
        var i = from;
        var end = from + length;
        for (; i + 2 < end; i += 3) {
            var bits = (bytes[i] & 0xFF) << 16 | (bytes[i + 1] & 0xFF) << 8 | (bytes[i + 2] & 0xFF);
            to[out++] = LETTERS[bits >> 18];
            to[out++] = LETTERS[bits >> 12 & 63];
            to[out++] = LETTERS[bits >> 6 & 63];
            to[out++] = LETTERS[bits & 63];
        }
        if (i < end) {
            var two = i + 1 < end;
            var bits = (bytes[i] & 0xFF) << 16 | (two ? (bytes[i + 1] & 0xFF) << 8 : 0);
            to[out++] = LETTERS[bits >> 18];
            to[out++] = LETTERS[bits >> 12 & 63];
            to[out++] = two ? LETTERS[bits >> 6 & 63] : (byte) '=';
            to[out++] = '=';
        }
        return out;
    }
}
