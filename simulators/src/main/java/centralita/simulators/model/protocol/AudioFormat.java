package centralita.simulators.model.protocol;

import centralita.simulators.speech.Mulaw;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/**
 * The formats of audio on the wire. Inside, the stand-in knows only μ-law of 8 kHz; the conversions are plain
 * (no filter), which is enough to be heard and not more.
 */
public enum AudioFormat {
    PCMU(8) {
        @Override
        byte[] convertFromMulaw(byte[] mulaw, int from, int to) {
            return Arrays.copyOfRange(mulaw, from, to);
        }

        @Override
        byte[] convertToMulaw(byte[] audio) {
            return audio;
        }
    },
    PCMA(8) {
        @Override
        byte[] convertFromMulaw(byte[] mulaw, int from, int to) {
            var alaw = new byte[to - from];
            for (int i = 0; i < alaw.length; i++) {
                alaw[i] = Alaw.fromLinear(Mulaw.toLinear(mulaw[from + i]));
            }
            return alaw;
        }

        @Override
        byte[] convertToMulaw(byte[] audio) {
            var mulaw = new byte[audio.length];
            for (int i = 0; i < mulaw.length; i++) {
                mulaw[i] = Mulaw.fromLinear(Alaw.toLinear(audio[i]));
            }
            return mulaw;
        }
    },
    /** 24 kHz, 16 bit, little-endian: three samples for one of ours, on a straight line between two of ours. */
    PCM_24K(48) {
        @Override
        byte[] convertFromMulaw(byte[] mulaw, int from, int to) {
            var pcm = new byte[(to - from) * 6];
            for (int i = from; i < to; i++) {
                int here = Mulaw.toLinear(mulaw[i]);
                int next = i + 1 < to ? Mulaw.toLinear(mulaw[i + 1]) : here;
                for (int third = 0; third < 3; third++) {
                    int sample = here + (next - here) * third / 3;
                    int at = ((i - from) * 3 + third) * 2;
                    pcm[at] = (byte) sample;
                    pcm[at + 1] = (byte) (sample >> 8);
                }
            }
            return pcm;
        }

        @Override
        byte[] convertToMulaw(byte[] audio) {
            var mulaw = new byte[audio.length / 6];
            for (int i = 0; i < mulaw.length; i++) {
                mulaw[i] = Mulaw.fromLinear((short) (audio[i * 6] & 0xFF | audio[i * 6 + 1] << 8));
            }
            return mulaw;
        }
    };

    private final int bytesPerMs;

    AudioFormat(int bytesPerMs) {
        this.bytesPerMs = bytesPerMs;
    }

    abstract byte[] convertFromMulaw(byte[] mulaw, int from, int to);

    abstract byte[] convertToMulaw(byte[] audio);

    public int bytesPerMs() {
        return bytesPerMs;
    }

    /** @return how many bytes become one μ-law byte; audio is converted in multiples of it */
    public int bytesPerSample() {
        return bytesPerMs / Mulaw.BYTES_PER_MS;
    }

    public byte[] fromMulaw(byte[] mulaw, int from, int to) {
        return convertFromMulaw(mulaw, from, to);
    }

    /** @param audio a multiple of {@link #bytesPerSample()}; a rest is ignored. The result may be the argument. */
    public byte[] toMulaw(byte[] audio) {
        return convertToMulaw(audio);
    }

    /** @param format a checked format object */
    public static AudioFormat of(JsonNode format) {
        return switch (format.get("type").textValue()) {
            case "audio/pcmu" -> PCMU;
            case "audio/pcma" -> PCMA;
            default -> PCM_24K;
        };
    }
}
