package centralita.contracts.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of one family of facts: from the {@code type} of an envelope to the record of its {@code data}, and back.
 * The family is closed, so no text from outside ever names a class.
 *
 * <p>A component that is not {@link Nullable} is one that the kind was born with: without it, the event is malformed. A
 * component that joins later is {@link Nullable}, because events without it are still in the topic.
 *
 * @param <F> a sealed interface; each of its records has a {@link JsonTypeName}, but the one for unknown kinds, which is an
 *     {@link UnknownFact}
 */
public final class FactTypes<F> {
    private final Map<String, Class<? extends F>> byType;
    private final BiFunction<String, JsonNode, F> unknown;

    private FactTypes(Map<String, Class<? extends F>> byType, BiFunction<String, JsonNode, F> unknown) {
        this.byType = byType;
        this.unknown = unknown;
    }

    /** @param unknown makes the fact of a kind that is not in the family, from its {@code type} and {@code data} */
    public static <F> FactTypes<F> of(Class<F> family, BiFunction<String, JsonNode, F> unknown) {
        var byType = new LinkedHashMap<String, Class<? extends F>>();
        for (var kind : Objects.requireNonNull(family.getPermittedSubclasses(), "the family is sealed")) {
            var name = kind.getAnnotation(JsonTypeName.class);
            if (name != null) {
                byType.put(name.value(), kind.asSubclass(family));
            }
        }
        return new FactTypes<>(Collections.unmodifiableMap(byType), unknown);
    }

    /** All kinds by their wire names, in the order of the family's source. */
    public Map<String, Class<? extends F>> byType() {
        return byType;
    }

    /** The wire name of a fact's kind; of an unknown kind the one that it came with. */
    public String typeOf(F fact) {
        return fact instanceof UnknownFact unknown
                ? unknown.type()
                : Objects.requireNonNull(fact.getClass().getAnnotation(JsonTypeName.class), "each kind has a name")
                        .value();
    }

    /** @throws IllegalArgumentException when an envelope names another kind than that of the fact that it holds */
    public void requireType(Envelope<? extends F> envelope) {
        var kind = typeOf(envelope.data());
        if (!envelope.type().equals(kind)) {
            throw new IllegalArgumentException("an envelope of " + envelope.type() + " holds a " + kind);
        }
    }

    /** The name of the schema of a kind; the schema is the resource {@code schemas/{type}.json}. */
    public static URI schemaOf(String type) {
        return URI.create("urn:centralita:schema:" + type);
    }

    /**
     * Reads the fact of an envelope as it arrived.
     *
     * @return the envelope around the fact
     * @throws MalformedEventException when a field that this kind was born with is missing or of the wrong kind
     */
    public Envelope<F> read(JsonMapper mapper, Envelope<JsonNode> arrived) {
        return arrived.with(fact(mapper, arrived.type(), arrived.data()));
    }

    private F fact(JsonMapper mapper, String type, JsonNode data) {
        var kind = byType.get(type);
        if (kind == null) {
            return unknown.apply(type, data);
        }
        requireFields(kind, data, "data");
        try {
            return mapper.treeToValue(data, kind);
        } catch (JsonProcessingException e) {
            // Its message would quote the value.
            throw new MalformedEventException("a field of " + type + " is of the wrong kind");
        }
    }

    private static void requireFields(Class<?> kind, JsonNode node, String path) {
        if (!node.isObject()) {
            throw new MalformedEventException(path + " is no object");
        }
        for (var component : kind.getRecordComponents()) {
            var value = node.get(component.getName());
            if (value == null || value.isNull()) {
                if (!isNullable(component)) {
                    throw new MalformedEventException(path + "." + component.getName() + " is missing");
                }
            } else if (component.getType().isRecord() && !isOneValue(component.getType())) {
                requireFields(component.getType(), value, path + "." + component.getName());
            }
        }
    }

    /** Whether a record is written as the one thing that it holds, as a telephone number is. */
    private static boolean isOneValue(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getAccessor().isAnnotationPresent(JsonValue.class));
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
