package centralita.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallEvent;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.PhoneNumber;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
    /** What must not fit into any field of {@code call-lifecycle}. */
    private static final List<String> PERSONAL = List.of(
            "+34600111267",
            "34600111267",
            "600 111 267",
            "600-111-267",
            "sip:ana@example.test",
            "ana@example.test",
            "María Pérez",
            "Maria Perez",
            "client:ana",
            "I would like to know where my order is.",
            "{\"card\":\"4111111111111111\"}");

    @ParameterizedTest
    @MethodSource("kinds")
    void aSchemaAndItsRecordHaveTheSameFields(String type, Class<?> kind) {
        // When, then
        assertSameFields(kind, Schemas.read(type).at("/properties/data"), type);
    }

    @ParameterizedTest
    @MethodSource("lifecycleKinds")
    void noFieldOfTheLifecycleCanHoldPersonalData(String type, Class<?> kind) {
        // Given
        var event = Samples.ofKnownKinds().stream()
                .filter(sample -> sample.type().equals(type) && !sample.isNewer())
                .findFirst()
                .orElseThrow();

        // When
        var open = new ArrayList<String>();
        for (var place : textFields(Schemas.read(type), "")) {
            for (var text : PERSONAL) {
                var poisoned = parse(event.json());
                put(poisoned, place, text);
                if (Schemas.violations(type, poisoned).isEmpty()) {
                    open.add(place + " takes \"" + text + "\"");
                }
            }
        }

        // Then
        assertThat(open).isEmpty();
    }

    @Test
    void theProbesFindAFieldThatCouldHoldPersonalData() {
        // Given: a schema that may
        var type = "centralita.transcript.said.v1";
        var event = Samples.ofKnownKinds().stream()
                .filter(sample -> sample.type().equals(type))
                .findFirst()
                .orElseThrow();
        var poisoned = parse(event.json());

        // When
        put(poisoned, "/data/text", PERSONAL.getFirst());

        // Then
        assertThat(textFields(Schemas.read(type), "")).contains("/data/text");
        assertThat(Schemas.violations(type, poisoned)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anEventThatLacksAFieldOfItsKindBreaksItsSchema(String type, Class<?> kind) {
        // Given
        var event = Samples.ofKnownKinds().stream()
                .filter(sample -> sample.type().equals(type))
                .findFirst()
                .orElseThrow();
        var cut = (ObjectNode) parse(event.json());

        // When
        cut.putObject("data");

        // Then
        assertThat(Schemas.violations(type, cut)).isNotEmpty();
    }

    static Stream<Arguments> kinds() {
        return Stream.concat(
                lifecycleKinds(),
                Stream.concat(arguments(TranscriptEvent.TYPES.byType()), arguments(RequestEvent.TYPES.byType())));
    }

    static Stream<Arguments> lifecycleKinds() {
        return arguments(CallEvent.TYPES.byType());
    }

    private static <F> Stream<Arguments> arguments(Map<String, Class<? extends F>> kinds) {
        return kinds.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static void assertSameFields(Class<?> kind, JsonNode schema, String path) {
        var described = new HashSet<>(names(schema.path("properties")));
        var required = new HashSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        var expected = new HashSet<String>();
        var expectedRequired = new HashSet<String>();
        for (var component : kind.getRecordComponents()) {
            expected.add(component.getName());
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                expectedRequired.add(component.getName());
            }
            assertSameType(component, schema.path("properties").path(component.getName()), path);
        }
        assertThat(described).as(path).isEqualTo(expected);
        assertThat(required).as(path + " required").isEqualTo(expectedRequired);
    }

    private static void assertSameType(RecordComponent component, JsonNode property, String path) {
        var where = path + "." + component.getName();
        assertThat(property.path("description").asText())
                .as(where + " says what it is")
                .isNotEmpty();
        var type = component.getType();
        if (type.isRecord() && type != PhoneNumber.class) {
            var name = property.path("$ref").asText().substring(Schemas.NAMESPACE.length());
            assertSameFields(type, Schemas.read(name), name);
        } else if (type.isEnum()) {
            var words = new ArrayList<String>();
            property.path("enum").forEach(word -> words.add(word.asText()));
            assertThat(words)
                    .as(where)
                    .containsExactlyElementsOf(Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .toList());
        } else {
            assertThat(property.path("type").asText()).as(where).isEqualTo(jsonType(type));
        }
    }

    private static String jsonType(Class<?> type) {
        if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return "integer";
        }
        if (type == double.class) {
            return "number";
        }
        if (type == boolean.class) {
            return "boolean";
        }
        return Set.of(String.class, PhoneNumber.class, Instant.class).contains(type) ? "string" : "object";
    }

    /** JSON pointers of all fields, envelope included, that a schema lets hold text. */
    private static Set<String> textFields(JsonNode schema, String path) {
        var found = new HashSet<String>();
        for (var part : schema.path("allOf")) {
            found.addAll(textFields(resolved(part), path));
        }
        for (var name : names(schema.path("properties"))) {
            var property = resolved(schema.path("properties").path(name));
            var place = path + "/" + name;
            var type = property.path("type").asText();
            if (property.has("properties") || property.has("allOf")) {
                found.addAll(textFields(property, place));
            } else if (!Set.of("integer", "number", "boolean").contains(type)) {
                found.add(place);
            }
        }
        return found;
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref")
                ? Schemas.read(schema.path("$ref").asText().substring(Schemas.NAMESPACE.length()))
                : schema;
    }

    private static void put(JsonNode root, String pointer, String text) {
        var cut = pointer.lastIndexOf('/');
        ((ObjectNode) root.at(pointer.substring(0, cut)))
                .set(pointer.substring(cut + 1), JsonNodeFactory.instance.textNode(text));
    }

    private static List<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }

    private static JsonNode parse(String json) {
        return ContractsJson.read(json, JsonNode.class);
    }
}
