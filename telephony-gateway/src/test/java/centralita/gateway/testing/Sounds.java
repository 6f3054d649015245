package centralita.gateway.testing;

import java.util.Arrays;

/** Audio that a test recognises. */
public final class Sounds {
    private Sounds() {}

    /** So many bytes, all the same. */
    public static byte[] audio(int length, int value) {
        var audio = new byte[length];
        Arrays.fill(audio, (byte) value);
        return audio;
    }
}
