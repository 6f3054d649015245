package centralita.simulators.twilio;

/**
 * The human's end of a call, asked and told by the line every 20 ms of telephone time. All methods run on the event
 * loop and must not block. Audio is G.711 μ-law, 8 kHz, in frames of 160 bytes; a frame belongs to the line and must be
 * copied to be kept.
 */
public interface Handset {
    /** The call is answered; audio begins to flow. Once per call, before any audio. */
    void connected(PhoneLine line);

    /**
     * What the microphone picks up in the next 20 ms.
     *
     * @param frame to be filled; holds silence
     */
    void speak(byte[] frame);

    /**
     * What the earpiece plays now.
     *
     * @param frame audio, then silence
     * @param audioBytes how many bytes of the frame somebody sent; the rest is silence because there was nothing
     */
    void hear(byte[] frame, int audioBytes);

    /** Something happened on the line that a person would not hear, but a test wants to know. */
    default void notice(LineEvent event) {}

    /** The call is over, answered or not. Exactly once, the last thing that happens. */
    default void ended(CallReport report) {}

    /** A telephone that says nothing and does not mind what it hears. */
    static Handset mute() {
        return new Handset() {
            @Override
            public void connected(PhoneLine line) {}

            @Override
            public void speak(byte[] frame) {}

            @Override
            public void hear(byte[] frame, int audioBytes) {}
        };
    }
}
