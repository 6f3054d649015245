package centralita.simulators.model.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventShapesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<JsonNode> samples(String group) throws IOException {
        var samples = JSON.readTree(
                EventShapesTest.class.getResource("/centralita/simulators/model/openai-realtime-samples.json"));
        return StreamSupport.stream(samples.get(group).spliterator(), false).map(sample -> sample.get("event"));
    }

    static Stream<JsonNode> clientSamples() throws IOException {
        return Stream.concat(samples("ga_client"), samples("ga_client_not_in_java_sdk"));
    }

    static Stream<JsonNode> betaClientSamples() throws IOException {
        return samples("beta_client");
    }

    @ParameterizedTest
    @MethodSource("clientSamples")
    void everySampleOfAClientEventIsAccepted(JsonNode event) {
        assertThat(EventShapes.check(event)).isEqualTo(event.get("type").asText());
    }

    @ParameterizedTest
    @MethodSource("betaClientSamples")
    void everyBetaSampleIsRefusedAsItIsAndAcceptedAfterTranslation(JsonNode event) {
        assertThat(catchThrowableOfType(Refusal.class, () -> EventShapes.check(event)))
                .isNotNull();
        assertThatCode(() -> EventShapes.check(BetaDialect.toGa(event))).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '~', textBlock = """
        missing_required_parameter | session.type                       | {"type":"session.update","session":{"instructions":"x"}}
        invalid_value              | session.type                       | {"type":"session.update","session":{"type":"transcription"}}
        missing_required_parameter | session                            | {"type":"session.update"}
        invalid_type               | session.audio.input.format         | {"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":"g711_ulaw"}}}}
        invalid_value              | session.audio.input.format.rate    | {"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcm","rate":8000}}}}}
        invalid_value              | session.output_modalities[0]       | {"type":"session.update","session":{"type":"realtime","output_modalities":["video"]}}
        invalid_value              | session.output_modalities          | {"type":"session.update","session":{"type":"realtime","output_modalities":["audio","text"]}}
        unknown_parameter          | session.modalities                 | {"type":"session.update","session":{"type":"realtime","modalities":["audio"]}}
        unknown_parameter          | session.voice                      | {"type":"session.update","session":{"type":"realtime","voice":"marin"}}
        unknown_parameter          | session.input_audio_format         | {"type":"session.update","session":{"type":"realtime","input_audio_format":"g711_ulaw"}}
        unknown_parameter          | session.turn_detection             | {"type":"session.update","session":{"type":"realtime","turn_detection":null}}
        unknown_parameter          | session.temperature                | {"type":"session.update","session":{"type":"realtime","temperature":0.8}}
        unknown_parameter          | session.max_response_output_tokens | {"type":"session.update","session":{"type":"realtime","max_response_output_tokens":5}}
        unknown_parameter          | session.audio.input.codec          | {"type":"session.update","session":{"type":"realtime","audio":{"input":{"codec":1}}}}
        invalid_value              | session.audio.input.turn_detection.eagerness | {"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"semantic_vad","eagerness":"max"}}}}}
        unknown_parameter          | session.audio.input.turn_detection.idle_timeout_ms | {"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"semantic_vad","idle_timeout_ms":6000}}}}}
        invalid_value              | session.audio.input.turn_detection.idle_timeout_ms | {"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad","idle_timeout_ms":1}}}}}
        invalid_value              | session.audio.input.turn_detection.threshold | {"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad","threshold":1.1}}}}}
        invalid_value              | session.audio.input.noise_reduction.type | {"type":"session.update","session":{"type":"realtime","audio":{"input":{"noise_reduction":{"type":"middle"}}}}}
        invalid_value              | session.audio.output.speed         | {"type":"session.update","session":{"type":"realtime","audio":{"output":{"speed":2}}}}
        invalid_value              | session.audio.output.voice         | {"type":"session.update","session":{"type":"realtime","audio":{"output":{"voice":"nobody"}}}}
        invalid_value              | session.max_output_tokens          | {"type":"session.update","session":{"type":"realtime","max_output_tokens":0}}
        missing_required_parameter | session.tools[0].type              | {"type":"session.update","session":{"type":"realtime","tools":[{"name":"f"}]}}
        missing_required_parameter | session.tools[0].name              | {"type":"session.update","session":{"type":"realtime","tools":[{"type":"function"}]}}
        unknown_parameter          | session.tools[0].strict            | {"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","name":"f","strict":true}]}}
        invalid_value              | session.tool_choice                | {"type":"session.update","session":{"type":"realtime","tool_choice":"maybe"}}
        invalid_value              | session.reasoning.effort           | {"type":"session.update","session":{"type":"realtime","reasoning":{"effort":"huge"}}}
        invalid_value              | session.truncation.retention_ratio | {"type":"session.update","session":{"type":"realtime","truncation":{"type":"retention_ratio","retention_ratio":2}}}
        missing_required_parameter | audio                              | {"type":"input_audio_buffer.append"}
        invalid_type               | audio                              | {"type":"input_audio_buffer.append","audio":5}
        missing_required_parameter | content_index                      | {"type":"conversation.item.truncate","item_id":"i","audio_end_ms":5}
        missing_required_parameter | item_id                            | {"type":"conversation.item.truncate","content_index":0,"audio_end_ms":5}
        invalid_type               | audio_end_ms                       | {"type":"conversation.item.truncate","item_id":"i","content_index":0,"audio_end_ms":1500.5}
        invalid_value              | audio_end_ms                       | {"type":"conversation.item.truncate","item_id":"i","content_index":0,"audio_end_ms":-1}
        invalid_value              | item.content[0].type               | {"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"text","text":"x"}]}}
        invalid_value              | item.content[0].type               | {"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"input_text","text":"x"}]}}
        missing_required_parameter | item.content[0].text               | {"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"output_audio","audio":"//8="}]}}
        invalid_value              | item.content[0].type               | {"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"output_text","text":"x"}]}}
        invalid_value              | item.role                          | {"type":"conversation.item.create","item":{"type":"message","role":"developer","content":[]}}
        invalid_value              | item.content[0].type               | {"type":"conversation.item.create","item":{"type":"message","role":"system","content":[{"type":"input_audio","audio":"//8="}]}}
        invalid_type               | item.output                        | {"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"c","output":{"a":1}}}
        missing_required_parameter | item.call_id                       | {"type":"conversation.item.create","item":{"type":"function_call_output","output":"x"}}
        string_above_max_length    | item.id                            | {"type":"conversation.item.create","item":{"id":"123456789012345678901234567890123","type":"function_call_output","call_id":"c","output":"x"}}
        missing_required_parameter | item_id                            | {"type":"conversation.item.delete"}
        unknown_parameter          | response.modalities                | {"type":"response.create","response":{"modalities":["text"]}}
        invalid_value              | response.conversation              | {"type":"response.create","response":{"conversation":"other"}}
        invalid_type               | response.metadata.n                | {"type":"response.create","response":{"metadata":{"n":5}}}
        unknown_parameter          | speed                              | {"type":"response.create","speed":1}
        invalid_value              | type                               | {"type":"transcription_session.update"}
        invalid_value              | type                               | {"type":"response.audio.delta"}
        missing_required_parameter | type                               | {}
        invalid_event              | -                                  | []
        """)
    void aMalformedEventIsRefusedWithItsCodeAndParam(String code, String param, String json) throws IOException {
        // Given
        var event = JSON.readTree(json);

        // When
        var refusal = catchThrowableOfType(Refusal.class, () -> EventShapes.check(event));

        // Then
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.param()).isEqualTo(param);
    }
}
