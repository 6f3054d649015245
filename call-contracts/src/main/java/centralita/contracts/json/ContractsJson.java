package centralita.contracts.json;

import centralita.contracts.event.MalformedEventException;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one mapper for what services say to one another: unknown fields are ignored, unknown enum words become the enum's
 * default, times are ISO 8601 text, absent is absent. Depth and length are limited, so that a hostile record ends in an
 * error and not in an exhausted heap.
 */
public final class ContractsJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 1 << 20;
    private static final long MAX_DOCUMENT = 8L << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .maxDocumentLength(MAX_DOCUMENT)
                            .build())
                    .build())
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private ContractsJson() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write a " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws MalformedEventException when an event lacks what it needs
     * @throws IllegalArgumentException when the text is no such JSON. Neither message nor cause repeats the text, which
     *     may be personal data
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return required(MAPPER.readValue(json, type), type);
        } catch (JsonProcessingException e) {
            throw unreadable(e, type);
        }
    }

    /** As {@link #read(String, Class)}, from UTF-8. */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return required(MAPPER.readValue(json, type), type);
        } catch (IOException e) {
            throw unreadable(e, type);
        }
    }

    /** The text {@code null} is JSON, and no value. */
    private static <T> T required(@Nullable T value, Class<T> type) {
        if (value == null) {
            throw new IllegalArgumentException("cannot read null as " + type.getSimpleName());
        }
        return value;
    }

    private static IllegalArgumentException unreadable(IOException e, Class<?> type) {
        if (e.getCause() instanceof MalformedEventException malformed) {
            return malformed;
        }
        var path = e instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining(".", " at ", ""))
                : "";
        return new IllegalArgumentException("cannot read JSON as " + type.getSimpleName() + ": "
                + e.getClass().getSimpleName() + path);
    }
}
