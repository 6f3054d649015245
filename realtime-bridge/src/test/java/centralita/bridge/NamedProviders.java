package centralita.bridge;

import java.util.HashMap;
import java.util.Map;

/** Two providers, each under a name that has to be looked up. */
public final class NamedProviders extends TwoProviders {
    static final String FIRST = "first.example.test";
    static final String SECOND = "second.example.test";

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(super.start());
        settings.computeIfPresent("bridge.openai.realtime-url", (_, url) -> url.replace("127.0.0.1", FIRST));
        settings.computeIfPresent("bridge.model.providers.azure.url", (_, url) -> url.replace("127.0.0.1", SECOND));
        return settings;
    }
}
