package centralita.simulators.model.scenario;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenario files. One that is {@code like} another takes over its rules, after its own, and all else that it
 * does not say itself. Safe for any thread.
 */
public final class Scenarios {
    private static final ObjectMapper YAML = YAMLMapper.builder(new YAMLFactory())
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** The file's fields; all may be absent. */
    private record File(
            @Nullable String about,
            @Nullable String like,
            @Nullable List<Rule> rules,
            @Nullable List<Fault> faults,
            @Nullable Boolean parrot,
            @Nullable Double speed,
            @Nullable Integer sessionLimitSeconds,
            @Nullable Boolean beta) {}

    private static final Map<String, Scenario> RECORDED = new ConcurrentHashMap<>();

    private Scenarios() {}

    /**
     * A scenario that comes with this module.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Scenario named(String name) {
        var known = RECORDED.get(name);
        if (known != null) {
            return known;
        }
        var scenario = load(name);
        RECORDED.put(name, scenario);
        return scenario;
    }

    private static Scenario load(String name) {
        var resource = name.matches("[a-z0-9-]{1,40}") ? name + ".yaml" : "";
        try (var in = resource.isEmpty() ? null : Scenarios.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no scenario of this name: see docs/stand-ins.md for the list");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read scenario " + name, e);
        }
    }

    /**
     * @param yaml at most some kilobytes
     * @throws IllegalArgumentException when it is no scenario, with the line
     */
    public static Scenario parse(String name, String yaml) {
        try {
            var file = YAML.readValue(yaml, File.class);
            return complete(name, file, file.like() == null ? null : named(file.like()));
        } catch (IOException e) {
            throw new IllegalArgumentException("scenario %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static Scenario complete(String name, File file, @Nullable Scenario like) {
        var rules = new ArrayList<Rule>();
        if (file.rules() != null) {
            rules.addAll(file.rules());
        }
        if (like != null) {
            rules.addAll(like.rules());
        }
        var faults = file.faults() != null ? file.faults() : like != null ? like.faults() : List.<Fault>of();
        return new Scenario(
                name,
                file.about() == null ? "" : file.about(),
                List.copyOf(rules),
                List.copyOf(faults),
                file.parrot() != null ? file.parrot() : like != null && like.parrot(),
                file.speed() != null
                        ? OptionalDouble.of(file.speed())
                        : like != null ? like.speed() : OptionalDouble.empty(),
                file.sessionLimitSeconds() != null
                        ? OptionalInt.of(file.sessionLimitSeconds())
                        : like != null ? like.sessionLimitSeconds() : OptionalInt.empty(),
                file.beta() != null ? file.beta() : like != null && like.beta());
    }
}
