package centralita.bridge.model;

import java.util.List;

/** Those who run models, as they are configured. On the media event loop only. */
public interface ModelProviders {
    /** Names, the preferred one first; never empty. */
    List<String> names();

    /**
     * Begins to open and configure a session.
     *
     * @param provider one of {@link #names()}
     * @param listener hears of the outcome: {@code onReady} or {@code onClosed}, never within this call
     */
    ModelConnection open(String provider, ModelOrder order, ModelListener listener);
}
