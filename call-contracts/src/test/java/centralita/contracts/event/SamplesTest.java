package centralita.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.event.Samples.Sample;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.MaskedNumber;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.request.RequestFact;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.contracts.transcript.TranscriptFact;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was ever sent can be read for ever: an event may grow and never break. */
class SamplesTest {
    @ParameterizedTest
    @MethodSource("centralita.contracts.event.Samples#ofKnownKinds")
    void everySampleKeepsItsSchema(Sample sample) throws JsonProcessingException {
        // When
        var violations = Schemas.violations(sample.type(), tree(sample.json()));

        // Then
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("centralita.contracts.event.Samples#ofKnownKinds")
    void everySampleIsReadAndWrittenBack(Sample sample) throws JsonProcessingException {
        // When
        var written = ContractsJson.write(read(sample));

        // Then
        var original = tree(sample.json());
        if (sample.isNewer()) {
            assertThat(lost(original, tree(written), "$")).isNotEmpty().allMatch(path -> isUnknown(path));
        } else {
            assertThat(tree(written)).isEqualTo(original);
        }
        assertThat(Schemas.violations(sample.type(), tree(written))).isEmpty();
        assertThat(read(new Sample(sample.type(), sample.name(), written))).isEqualTo(read(sample));
    }

    @Test
    void everyKindOfFactHasASchemaAndASample() {
        // Given
        var kinds = Stream.of(CallEvent.TYPES, TranscriptEvent.TYPES, RequestEvent.TYPES)
                .map(types -> types.byType().keySet())
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());

        // When
        var sampled = Samples.ofKnownKinds().stream().map(Sample::type).collect(Collectors.toSet());

        // Then: all records but the three for unknown kinds, and each under its own name
        assertThat(kinds)
                .hasSize(CallFact.class.getPermittedSubclasses().length
                        + TranscriptFact.class.getPermittedSubclasses().length
                        + RequestFact.class.getPermittedSubclasses().length
                        - 3);
        assertThat(sampled).isEqualTo(kinds);
        assertThat(kinds)
                .allSatisfy(kind -> assertThat(
                                Schemas.read(kind).at("/properties/type/const").asText())
                        .isEqualTo(kind));
    }

    @Test
    void aKindThatWeDoNotKnowIsReadAsUnknownAndKeepsItsName() {
        // When
        var facts = Samples.all().stream()
                .filter(Sample::isOfUnknownKind)
                .map(sample -> read(sample) instanceof CallEvent event
                        ? event.data()
                        : ((TranscriptEvent) read(sample)).data())
                .toList();

        // Then
        assertThat(facts)
                .extracting(fact ->
                        fact instanceof CallFact.Unknown call ? call.type() : ((TranscriptFact.Unknown) fact).type())
                .containsExactly("centralita.call.teleported.v1", "centralita.transcript.sung.v1");
    }

    @Test
    void aSampleIsTheRecordThatItStandsFor() {
        // Given
        var sample = Samples.all().stream()
                .filter(one -> one.toString().equals("centralita.call.received.v1/newer-fields"))
                .findFirst()
                .orElseThrow();

        // When
        var event = ContractsJson.read(sample.json(), CallEvent.class);

        // Then
        assertThat(event)
                .isEqualTo(new CallEvent(new Envelope<>(
                        "1.0",
                        UUID.fromString("01930000-0000-7000-9000-000000000003"),
                        URI.create("/telephony-gateway"),
                        "centralita.call.received.v1",
                        UUID.fromString("01930000-0000-7000-8000-00000000000a"),
                        Instant.parse("2026-11-22T10:00:00.012Z"),
                        "application/json",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        new CallFact.Received(
                                Direction.INBOUND,
                                "CA000000000000000000000000000000a1",
                                "customer-service-es",
                                3,
                                "es-ES",
                                new MaskedNumber("9f86d081884c7d659a2feaa0c55ad015", "67"),
                                new MaskedNumber("60303ae22b998861bce3b28f33eec1be", "06")))));
    }

    private static Object read(Sample sample) {
        Class<?> envelope = sample.isTranscript()
                ? TranscriptEvent.class
                : sample.isRequest() ? RequestEvent.class : CallEvent.class;
        return ContractsJson.read(sample.json(), envelope);
    }

    private static JsonNode tree(String json) throws JsonProcessingException {
        return ContractsJson.mapper().readTree(json);
    }

    private static boolean isUnknown(String path) {
        return List.of(
                        "$.partitionkey",
                        "$.data.attestation",
                        "$.data.hops",
                        "$.data.from.line",
                        "$.data.tier",
                        "$.data.tokens.imageIn",
                        "$.data.city")
                .contains(path);
    }

    /** The paths in {@code original} that are missing or different in {@code other}. */
    private static List<String> lost(JsonNode original, JsonNode other, String path) {
        if (original.equals(other)) {
            return List.of();
        }
        if (!original.isObject() || !other.isObject()) {
            return List.of(path);
        }
        var paths = new ArrayList<String>();
        original.properties()
                .forEach(field ->
                        paths.addAll(lost(field.getValue(), other.path(field.getKey()), path + "." + field.getKey())));
        return paths;
    }
}
