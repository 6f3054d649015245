package centralita.simulators.speech;

import java.util.Arrays;

/**
 * Something said once and recorded.
 *
 * @param language {@code en} or {@code es}
 * @param speaker who says it: {@code assistant} or {@code caller}
 * @param name unique within its language, such as {@code what-time}
 * @param text what is said
 * @param mulaw the sound, 8 bytes per ms; shared, do not change it
 */
public record Clip(String language, Speaker speaker, String name, String text, byte[] mulaw) {
    public enum Speaker {
        ASSISTANT,
        CALLER
    }

    public int lengthMs() {
        return mulaw.length / Mulaw.BYTES_PER_MS;
    }

    /** What is left of it after so many ms, with as much of its text. */
    public Clip from(int ms) {
        return ms == 0
                ? this
                : new Clip(
                        language,
                        speaker,
                        name,
                        text.substring((int) ((long) text.length() * ms / lengthMs()))
                                .strip(),
                        Arrays.copyOfRange(mulaw, ms * Mulaw.BYTES_PER_MS, mulaw.length));
    }

    /** A clip is its language and name; two with the same are the same recording, or a rest of it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Clip that && language.equals(that.language) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * language.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return language + "/" + name;
    }
}
