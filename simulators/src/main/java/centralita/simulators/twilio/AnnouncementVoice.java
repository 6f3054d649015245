package centralita.simulators.twilio;

import centralita.simulators.speech.Mulaw;

/**
 * The sound of {@code <Say>}: no words, but as long, as loud and as syllabic as a voice that reads the text, so that a
 * listener hears that somebody speaks. The text itself is told to the handset.
 */
final class AnnouncementVoice {
    private static final int MS_PER_CHARACTER = 65;
    private static final int LONGEST_MS = 60_000;
    private static final int SYLLABLE_MS = 200;
    private static final double LOUDNESS = 6_000;

    private AnnouncementVoice() {}

    /** @return μ-law, 8 kHz */
    static byte[] read(String text) {
        int lengthMs = Math.min(LONGEST_MS, Math.max(SYLLABLE_MS, text.length() * MS_PER_CHARACTER));
        var mulaw = new byte[lengthMs * Mulaw.BYTES_PER_MS];
        for (int at = 0; at < mulaw.length; at++) {
            double seconds = at / 8_000.0;
            double syllable = Math.abs(Math.sin(Math.PI * seconds * 1_000 / SYLLABLE_MS));
            double voice = Math.sin(2 * Math.PI * 180 * seconds) + 0.5 * Math.sin(2 * Math.PI * 720 * seconds);
            mulaw[at] = Mulaw.fromLinear((short) (LOUDNESS * (0.2 + 0.8 * syllable) * voice));
        }
        return mulaw;
    }
}
