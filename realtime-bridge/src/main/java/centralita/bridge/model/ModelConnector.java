package centralita.bridge.model;

import java.util.List;

/** Opens sessions of the models that may serve a call. On the media event loop only. */
public interface ModelConnector {
    /** All that are configured, the preferred one first; never empty. */
    List<String> names();

    /** Those of them that may be asked now, the preferred one first; empty when none may. */
    List<String> usable();

    /**
     * Begins to open and configure a session.
     *
     * @param provider one that is configured
     * @param listener hears of the outcome: {@code onReady} or {@code onClosed}, never within this call
     */
    ModelConnection open(String provider, ModelOrder order, ModelListener listener);
}
