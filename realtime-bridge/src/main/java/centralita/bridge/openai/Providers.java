package centralita.bridge.openai;

import centralita.bridge.openai.Provider.Feature;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The list of providers as it is configured, checked. */
final class Providers {
    /** The provider of the {@code OPENAI_*} variables. */
    static final String FIRST = "openai";

    private static final String NAME = "[a-z][a-z0-9-]{0,31}";

    private Providers() {}

    /**
     * The providers, the preferred one first.
     *
     * @throws IllegalStateException with one sentence that names the setting and never a key
     */
    static List<Provider> of(OpenAiConfig first, ProvidersConfig others) {
        var names = new ArrayList<>(others.order().orElseGet(() -> {
            var all = new ArrayList<>(List.of(FIRST));
            all.addAll(new TreeSet<>(others.providers().keySet()));
            return all;
        }));
        require(!names.isEmpty(), "bridge.model.order names nobody: name at least one provider.");
        require(
                new HashSet<>(names).size() == names.size(),
                "bridge.model.order names a provider twice: " + String.join(", ", names) + ".");
        require(
                !others.providers().containsKey(FIRST),
                "bridge.model.providers.openai cannot be set: openai is the provider of the OPENAI_ variables.");
        for (var name : others.providers().keySet()) {
            require(
                    name.matches(NAME),
                    "bridge.model.providers." + name + " is no name: take small letters, digits and dashes.");
        }
        return names.stream()
                .map(name -> name.equals(FIRST) ? openai(first) : other(name, others.providers()))
                .toList();
    }

    private static Provider openai(OpenAiConfig config) {
        checkAddress("OPENAI_REALTIME_URL", config.realtimeUrl());
        var features = EnumSet.of(Feature.REASONING, Feature.TRUNCATION, Feature.KEYWORDS);
        if (tellsWhoCalls(config)) {
            features.add(Feature.SAFETY_IDENTIFIER);
        }
        return new Provider(
                FIRST,
                config.realtimeUrl(),
                config.apiKey(),
                Provider.Auth.BEARER,
                Dialect.GA,
                config.model(),
                true,
                "model",
                Map.of(),
                config.transcriptionModel(),
                null,
                config.audioFormat(),
                Set.copyOf(features),
                Duration.ZERO);
    }

    private static boolean tellsWhoCalls(OpenAiConfig config) {
        var host = config.realtimeUrl().getHost();
        return switch (config.safetyIdentifier()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case OPENAI_ONLY -> host != null && (host.equals("api.openai.com") || host.endsWith(".api.openai.com"));
        };
    }

    private static Provider other(String name, Map<String, ProvidersConfig.Entry> entries) {
        var entry = entries.get(name);
        if (entry == null) {
            throw new IllegalStateException("bridge.model.order names " + name + ", but bridge.model.providers." + name
                    + ".url, .key and .model are not set.");
        }
        var prefix = "bridge.model.providers." + name;
        checkAddress(prefix + ".url", entry.url());
        require(!entry.key().isBlank(), prefix + ".key is empty.");
        require(!entry.model().isBlank(), prefix + ".model is empty.");
        require(
                entry.modelParameter().matches("[A-Za-z][A-Za-z0-9_-]*"),
                prefix + ".model-parameter is no name of a query parameter: take model or deployment.");
        require(!entry.sessionLimit().orElse(Duration.ZERO).isNegative(), prefix + ".session-limit is negative.");
        return new Provider(
                name,
                entry.url(),
                entry.key(),
                entry.auth(),
                entry.dialect(),
                entry.model(),
                false,
                entry.modelParameter(),
                Map.copyOf(entry.query()),
                entry.transcriptionModel().orElse(null),
                entry.voice().orElse(null),
                entry.format(),
                Set.copyOf(entry.features().orElse(Set.of())),
                entry.sessionLimit().orElse(Duration.ZERO));
    }

    private static void checkAddress(String setting, URI url) {
        var fits = ("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))
                && url.getHost() != null
                && url.getQuery() == null
                && url.getFragment() == null
                && url.getUserInfo() == null;
        require(fits, setting + " is no ws:// or wss:// address without query.");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalStateException(sentence);
        }
    }
}
