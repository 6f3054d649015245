package centralita.bridge.model;

/** Opens model sessions. On the media event loop only. */
public interface ModelConnector {
    /** The provider's name, as facts carry it. */
    String provider();

    /** The model that serves an order which names none. */
    String defaultModel();

    /** The model that writes down what the caller says, for an order which names none. */
    String defaultTranscriptionModel();

    /**
     * Begins to open and configure a session.
     *
     * @param listener hears of the outcome: {@code onReady} or {@code onClosed}, never within this call
     */
    ModelConnection open(ModelOrder order, ModelListener listener);
}
