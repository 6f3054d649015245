package centralita.simulators.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

class MulawTest {
    private static final AudioFormat PCM =
            new AudioFormat(AudioFormat.Encoding.PCM_SIGNED, 8000, 16, 1, 2, 8000, false);
    private static final AudioFormat ULAW = new AudioFormat(AudioFormat.Encoding.ULAW, 8000, 8, 1, 1, 8000, false);

    @Test
    void everyCodeExpandsToWhatTheJdkExpandsItTo() throws IOException {
        // Given
        var codes = new byte[256];
        for (int code = 0; code < 256; code++) {
            codes[code] = (byte) code;
        }

        // When
        var byJdk = ByteBuffer.wrap(convert(codes, ULAW, PCM)).order(ByteOrder.LITTLE_ENDIAN);

        // Then
        for (int code = 0; code < 256; code++) {
            assertThat(Mulaw.toLinear((byte) code)).as("code %d", code).isEqualTo(byJdk.getShort());
        }
    }

    @Test
    void everySampleCompressesToTheNearestCodeAndAsTheJdkDoesUpToItsRounding() throws IOException {
        // Given
        var samples = ByteBuffer.allocate(2 * 65_536).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            samples.putShort((short) sample);
        }

        // When
        var byJdk = convert(samples.array(), PCM, ULAW);

        // Then: the JDK's own table rounds negative samples by one step differently near the segment borders
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int ours = Mulaw.toLinear(Mulaw.fromLinear((short) sample));
            int jdk = Mulaw.toLinear(byJdk[sample - Short.MIN_VALUE]);
            int step = Math.max(8, Math.abs(sample) / 16 + 8);
            // The JDK does not clip: louder samples overflow its bias and come out as near silence.
            if (Math.abs(sample) <= 32_635) {
                assertThat(Math.abs(ours - jdk)).as("sample %d", sample).isLessThanOrEqualTo(step);
            }
            assertThat(Math.abs(ours - Math.clamp(sample, -32_124, 32_124)))
                    .as("sample %d", sample)
                    .isLessThanOrEqualTo(step / 2 + 4);
        }
    }

    @Test
    void everyCodeComesBackFromItsSampleExceptTheSecondZero() {
        for (int code = 0; code < 256; code++) {
            int expected = code == 0x7F ? 0xFF : code;
            assertThat(Mulaw.fromLinear(Mulaw.toLinear((byte) code)) & 0xFF).isEqualTo(expected);
        }
    }

    private static byte[] convert(byte[] audio, AudioFormat from, AudioFormat to) throws IOException {
        var frames = audio.length / from.getFrameSize();
        var source = new AudioInputStream(new ByteArrayInputStream(audio), from, frames);
        try (var converted = AudioSystem.getAudioInputStream(to, source)) {
            return converted.readAllBytes();
        }
    }
}
