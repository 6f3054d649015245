package centralita.bridge.tone;

import centralita.bridge.pcm.Mulaw;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The tones of a telephone's keys (DTMF) as μ-law, 8 kHz.
 *
 * <p>Frequencies are those of ITU-T Q.23. A key sounds for 100 ms with 100 ms of silence behind it: receivers that keep
 * to Q.24 need 40 and 40, slow ones 70 and 65. The low tone is sent at -8 dBm0 and the high one at -6 dBm0, well inside
 * what Q.24's receivers take (0 to -25), the high one louder by 2 dB because lines weaken it more. Edges are rounded
 * over 2 ms, so that no click is heard as a third frequency.
 */
public final class KeyTones {
    /** Longer ones are no input of a menu; they would keep the line busy for more than half a minute. */
    public static final int MOST_KEYS = 32;

    /** Keys, and {@code w} for half a second of silence. */
    public static final String FORM = "[0-9*#A-Dw]{1,32}";

    private static final Pattern KEYS = Pattern.compile(FORM);
    private static final int RATE = 8_000;
    private static final int TONE_SAMPLES = RATE / 10;
    private static final int PAUSE_SAMPLES = RATE / 10;
    private static final int WAIT_SAMPLES = RATE / 2;
    private static final int EDGE_SAMPLES = RATE / 500;
    private static final byte SILENCE = (byte) 0xFF;
    /** A sine of 3.17 dBm0 reaches the loudest sample (G.711, table 5 on its digital level). */
    private static final double LOUDEST = 32_124;

    private static final double LOW_LEVEL = amplitude(-8);
    private static final double HIGH_LEVEL = amplitude(-6);
    private static final double[] ROWS = {697, 770, 852, 941};
    private static final double[] COLUMNS = {1209, 1336, 1477, 1633};
    private static final String PAD = "123A456B789C*0#D";

    private KeyTones() {}

    public static boolean areKeys(String text) {
        return KEYS.matcher(text).matches();
    }

    /**
     * Makes the tones.
     *
     * @param keys by {@link #FORM}
     * @return at most 16 s
     * @throws IllegalArgumentException when these are no keys; its message does not repeat them
     */
    public static byte[] of(String keys) {
        if (!areKeys(keys)) {
            throw new IllegalArgumentException("these are no keys of a telephone");
        }
        var audio = new ByteArrayOutputStream(keys.length() * (TONE_SAMPLES + PAUSE_SAMPLES));
        for (var i = 0; i < keys.length(); i++) {
            var key = keys.charAt(i);
            if (key == 'w') {
                audio.writeBytes(silence(WAIT_SAMPLES));
            } else {
                var place = PAD.indexOf(key);
                audio.writeBytes(tone(ROWS[place / 4], COLUMNS[place % 4]));
                audio.writeBytes(silence(PAUSE_SAMPLES));
            }
        }
        return audio.toByteArray();
    }

    private static byte[] tone(double lowHertz, double highHertz) {
        var samples = new byte[TONE_SAMPLES];
        for (var n = 0; n < TONE_SAMPLES; n++) {
            var seconds = (double) n / RATE;
            var value = LOW_LEVEL * Math.sin(2 * Math.PI * lowHertz * seconds)
                    + HIGH_LEVEL * Math.sin(2 * Math.PI * highHertz * seconds);
            var toEdge = Math.min(n, TONE_SAMPLES - 1 - n);
            var edge = toEdge >= EDGE_SAMPLES ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * toEdge / EDGE_SAMPLES);
            samples[n] = Mulaw.mulaw((int) Math.round(value * edge));
        }
        return samples;
    }

    private static byte[] silence(int samples) {
        var audio = new byte[samples];
        Arrays.fill(audio, SILENCE);
        return audio;
    }

    private static double amplitude(double dbm0) {
        return LOUDEST * Math.pow(10, (dbm0 - 3.17) / 20);
    }
}
