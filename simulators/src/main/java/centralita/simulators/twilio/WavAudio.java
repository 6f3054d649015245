package centralita.simulators.twilio;

import centralita.simulators.speech.Mulaw;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads and writes WAV files of telephone audio: 8 kHz, mono, 16-bit PCM or μ-law. */
public final class WavAudio {
    private static final int PCM = 1;
    private static final int MULAW = 7;

    private WavAudio() {}

    /**
     * @return μ-law, 8 kHz, mono, without the header
     * @throws IllegalArgumentException when the file is cut, or holds another kind of audio
     */
    public static byte[] read(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !tag(in).equals("RIFF") || in.getInt() < 0 || !tag(in).equals("WAVE")) {
            throw new IllegalArgumentException("not a WAV file");
        }
        int format = 0;
        while (in.remaining() >= 8) {
            var chunk = tag(in);
            int length = Math.min(in.getInt() & Integer.MAX_VALUE, in.remaining());
            if (chunk.equals("fmt ") && length >= 16) {
                format = formatOf(in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            } else if (chunk.equals("data") && format != 0) {
                return format == MULAW ? bytes(in, length) : encoded(in, length);
            }
            in.position(Math.min(in.limit(), in.position() + length + (length & 1)));
        }
        throw new IllegalArgumentException("WAV file without audio");
    }

    private static int formatOf(ByteBuffer fmt) {
        int format = fmt.getShort();
        int channels = fmt.getShort();
        int rate = fmt.getInt();
        int bits = fmt.getShort(14);
        boolean known = format == PCM && bits == 16 || format == MULAW && bits == 8;
        if (!known || channels != 1 || rate != 8_000) {
            throw new IllegalArgumentException(
                    "WAV must be 8 kHz mono, 16-bit PCM or mu-law; it has format=%d rate=%d channels=%d bits=%d"
                            .formatted(format, rate, channels, bits));
        }
        return format;
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        var mulaw = new byte[length];
        in.get(mulaw);
        return mulaw;
    }

    private static byte[] encoded(ByteBuffer in, int length) {
        var mulaw = new byte[length / 2];
        for (int at = 0; at < mulaw.length; at++) {
            mulaw[at] = Mulaw.fromLinear(in.getShort());
        }
        return mulaw;
    }

    private static String tag(ByteBuffer in) {
        var tag = new byte[4];
        in.get(tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    /** @return a WAV file of format μ-law */
    public static byte[] write(byte[] mulaw) {
        var out = ByteBuffer.allocate(44 + mulaw.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + mulaw.length).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) MULAW).putShort((short) 1).putInt(8_000).putInt(8_000);
        out.putShort((short) 1)
                .putShort((short) 8)
                .put(ascii("data"))
                .putInt(mulaw.length)
                .put(mulaw);
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
