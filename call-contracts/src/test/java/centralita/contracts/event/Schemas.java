package centralita.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The schemas that this module publishes, and a validator over them. */
public final class Schemas {
    public static final String NAMESPACE = "urn:centralita:schema:";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build())
                    .schemas(Schemas::text));

    private Schemas() {}

    /** @param name as {@code urn:centralita:schema:tokens} */
    private static String text(String name) {
        var file = "/schemas/" + name.substring(NAMESPACE.length()) + ".json";
        try (var in = Schemas.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no schema " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name without the namespace, as {@code centralita.call.ended.v1} */
    public static JsonNode read(String name) {
        try {
            return JSON.readTree(text(NAMESPACE + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return what is wrong with an instance; empty when nothing is */
    public static List<String> violations(String name, JsonNode instance) {
        return REGISTRY.getSchema(SchemaLocation.of(NAMESPACE + name)).validate(instance).stream()
                .map(Error::toString)
                .toList();
    }
}
