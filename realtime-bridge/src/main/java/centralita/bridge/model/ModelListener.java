package centralita.bridge.model;

/** Hears what a model session says, in order, on the media event loop. */
public interface ModelListener {
    /** The session is configured. */
    void onReady(String modelSessionId, String model);

    /** Audio of an item, μ-law, 8 kHz. @param audio the listener's own */
    void onAudio(String responseId, String itemId, byte[] audio);

    void onEvent(ModelEvent event);

    /** What was sent has left: {@link ModelConnection#full()} is false. */
    void onDrained();

    /**
     * The session is gone or was never had; said once.
     *
     * @param retryable whether another try may help
     * @param why stable and of few values
     * @param retryAfterMs how long the model asks us to wait; 0: it does not say
     */
    void onClosed(boolean retryable, String why, long retryAfterMs);
}
