package centralita.simulators.model.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.speech.Clips;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;

class AudioFormatTest {
    private static final byte[] SPEECH = Clips.recorded().get("en", "hello").mulaw();

    @Test
    void everyAlawCodeExpandsToWhatTheJdkExpandsItTo() throws IOException {
        // Given
        var codes = new byte[256];
        for (int code = 0; code < 256; code++) {
            codes[code] = (byte) code;
        }
        var alaw = new javax.sound.sampled.AudioFormat(Encoding.ALAW, 8000, 8, 1, 1, 8000, false);
        var pcm = new javax.sound.sampled.AudioFormat(Encoding.PCM_SIGNED, 8000, 16, 1, 2, 8000, false);

        // When
        byte[] byJdk;
        try (var in = AudioSystem.getAudioInputStream(
                pcm, new AudioInputStream(new ByteArrayInputStream(codes), alaw, 256))) {
            byJdk = in.readAllBytes();
        }

        // Then
        var samples = ByteBuffer.wrap(byJdk).order(ByteOrder.LITTLE_ENDIAN);
        for (int code = 0; code < 256; code++) {
            short ours = Alaw.toLinear((byte) code);
            assertThat(ours).as("code %d", code).isEqualTo(samples.getShort());
            assertThat(Alaw.fromLinear(ours)).as("code %d", code).isEqualTo((byte) code);
        }
    }

    @Test
    void pcmOf24KhzComesBackExactly() {
        // When
        var pcm = AudioFormat.PCM_24K.fromMulaw(SPEECH, 0, SPEECH.length);

        // Then
        assertThat(pcm).hasSize(SPEECH.length * 6);
        assertThat(AudioFormat.PCM_24K.toMulaw(pcm)).isEqualTo(canonical(SPEECH));
    }

    @Test
    void mulawStaysAsItIs() {
        assertThat(AudioFormat.PCMU.toMulaw(AudioFormat.PCMU.fromMulaw(SPEECH, 0, SPEECH.length)))
                .isEqualTo(SPEECH);
    }

    /** μ-law has two zeros and linear has one. */
    private static byte[] canonical(byte[] mulaw) {
        var canonical = mulaw.clone();
        for (int i = 0; i < canonical.length; i++) {
            canonical[i] = canonical[i] == 0x7F ? (byte) 0xFF : canonical[i];
        }
        return canonical;
    }
}
