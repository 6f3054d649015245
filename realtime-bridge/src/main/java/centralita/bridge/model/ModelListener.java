package centralita.bridge.model;

/** Hears what a model session says, in order, on the media event loop. */
public interface ModelListener {
    /** The session is configured. */
    void onReady(OpenedSession opened);

    /** Audio of an item, μ-law, 8 kHz. @param audio the listener's own */
    void onAudio(String responseId, String itemId, byte[] audio);

    void onEvent(ModelEvent event);

    /** What was sent has left: {@link ModelConnection#full()} is false. */
    void onDrained();

    /** The session is gone or was never had; said once. */
    void onClosed(LostSession lost);
}
