package centralita.bridge.openai;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nobody beside the first provider. */
record NoOthers() implements ProvidersConfig {
    @Override
    public Optional<List<String>> order() {
        return Optional.empty();
    }

    @Override
    public Map<String, Entry> providers() {
        return Map.of();
    }
}
