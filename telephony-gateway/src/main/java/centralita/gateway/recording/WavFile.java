package centralita.gateway.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The head of a WAV file of two channels, μ-law, 8 kHz. Format 7 and not PCM: half the size, nothing is lost that the
 * telephone had, and every player and editor reads it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2361">RFC 2361, WAVE format 7</a>
 */
final class WavFile {
    static final int CHANNELS = 2;
    static final int RATE = 8_000;
    static final int HEAD_BYTES = 58;
    private static final short MULAW = 7;

    private WavFile() {}

    /** @param frames of one sample left and one right */
    static byte[] head(long frames) {
        var dataBytes = Math.toIntExact(frames * CHANNELS);
        var head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.put(ascii("RIFF")).putInt(HEAD_BYTES - 8 + dataBytes).put(ascii("WAVE"));
        head.put(ascii("fmt ")).putInt(18).putShort(MULAW).putShort((short) CHANNELS);
        head.putInt(RATE).putInt(RATE * CHANNELS).putShort((short) CHANNELS).putShort((short) 8);
        // No PCM: the size of an extension (none), and a chunk that counts the samples.
        head.putShort((short) 0).put(ascii("fact")).putInt(4).putInt(Math.toIntExact(frames));
        head.put(ascii("data")).putInt(dataBytes);
        return head.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
