package centralita.oracles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiOracleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void everySamplePasses(String name, String json, Consumer<String> oracle) {
        // When, then
        assertThatCode(() -> oracle.accept(json)).as(name).doesNotThrowAnyException();
    }

    static Stream<Arguments> samples() throws IOException {
        return Stream.of(
                        read("ga_client", OpenAiOracle::assertClientEvent),
                        read("ga_client_not_in_java_sdk", OpenAiOracle::assertClientEvent),
                        read("ga_server", OpenAiOracle::assertServerEvent),
                        read("beta_client", OpenAiOracle::assertBetaClientEvent),
                        read("beta_server", OpenAiOracle::assertBetaServerEvent))
                .flatMap(samples -> samples);
    }

    @Test
    void thereAreSamplesOfEveryKindOfEvent() throws IOException {
        // When
        var types = Stream.concat(events("ga_client"), events("ga_server"))
                .map(event -> event.path("type").asText())
                .distinct()
                .count();

        // Then: 11 of the client, 46 of the server
        assertThat(types).isEqualTo(57);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"session.update\",\"session\":{\"instructions\":\"x\"}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"format\":\"g711_ulaw\"}}}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"video\"]}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"audio\",\"text\"]}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":8000}}}}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"turn_detection\":{\"type\":\"semantic_vad\",\"eagerness\":\"max\"}}}}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"turn_detection\":{\"type\":\"server_vad\",\"idle_timeout_ms\":1}}}}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"turn_detection\":{\"type\":\"server_vad\",\"threshold\":1.5}}}}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"output\":{\"speed\":2}}}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"max_output_tokens\":0}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"temperature\":0.8}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"modalities\":[\"audio\",\"text\"],\"voice\":\"alloy\"}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"tools\":[{\"name\":\"x\",\"parameters\":{}}]}}",
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"tools\":[{\"type\":\"function\",\"name\":\"x\",\"parameters\":{},\"strict\":true}]}}",
                "{\"type\":\"input_audio_buffer.append\"}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":5}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"no base64!\"}",
                "{\"type\":\"conversation.item.truncate\",\"item_id\":\"i\",\"audio_end_ms\":1500}",
                "{\"type\":\"conversation.item.truncate\",\"item_id\":\"i\",\"content_index\":0,\"audio_end_ms\":1500.5}",
                "{\"type\":\"conversation.item.truncate\",\"item_id\":\"i\",\"content_index\":0,\"audio_end_ms\":-1}",
                "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"}]}}",
                "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"output_text\",\"text\":\"x\"}]}}",
                "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"developer\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"}]}}",
                "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":{\"a\":1}}}",
                "{\"type\":\"response.create\",\"response\":{\"modalities\":[\"audio\"]}}",
                "{\"type\":\"response.create\",\"response\":{\"input\":[{\"type\":\"item_reference\"}]}}",
                "{\"type\":\"transcription_session.update\",\"session\":{}}",
                "{\"type\":\"input_audio_buffer.flush\"}",
                "{\"type\":\"response.cancel\"",
                "{}"
            })
    void refusesWhatAClientMustNotSend(String json) {
        // When, then
        assertThatThrownBy(() -> OpenAiOracle.assertClientEvent(json))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"input_audio_buffer.cleared\"}",
                "{\"type\":\"response.audio.delta\",\"event_id\":\"e\",\"delta\":\"//8=\",\"response_id\":\"r\",\"item_id\":\"i\",\"output_index\":0,\"content_index\":0}",
                "{\"type\":\"response.output_audio.delta\",\"event_id\":\"e\",\"delta\":\"%%\",\"response_id\":\"r\",\"item_id\":\"i\",\"output_index\":0,\"content_index\":0}",
                "{\"type\":\"response.output_audio.delta\",\"event_id\":\"e\",\"delta\":\"//8=\",\"item_id\":\"i\",\"output_index\":0,\"content_index\":0}",
                "{\"type\":\"input_audio_buffer.speech_started\",\"event_id\":\"e\",\"audio_start_ms\":12.5,\"item_id\":\"i\"}",
                "{\"type\":\"input_audio_buffer.speech_started\",\"event_id\":\"e\",\"audio_start_ms\":-20,\"item_id\":\"i\"}",
                "{\"type\":\"response.made_up\",\"event_id\":\"e\"}"
            })
    void refusesWhatAServerDoesNotSend(String json) {
        // When, then
        assertThatThrownBy(() -> OpenAiOracle.assertServerEvent(json))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(json);
    }

    @Test
    void refusesTheCurrentDialectWhereTheBetaIsSpoken() {
        // Given
        var current = "{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"audio\"]}}";

        // When, then
        assertThatThrownBy(() -> OpenAiOracle.assertBetaClientEvent(current)).isInstanceOf(AssertionError.class);
    }

    @Test
    void takesOneAndOnePointZeroForTheSameNumber() {
        // Given
        var json =
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"output\":{\"speed\":1}}}}";

        // When, then
        assertThatCode(() -> OpenAiOracle.assertClientEvent(json)).doesNotThrowAnyException();
    }

    @Test
    void judgesTheBodyThatAcceptsASipCall() {
        // Given
        var right = "{\"type\":\"realtime\",\"model\":\"gpt-realtime-2.1\",\"output_modalities\":[\"audio\"]}";
        var wrong = "{\"type\":\"realtime\",\"model\":\"gpt-realtime-2.1\",\"voice\":\"marin\"}";

        // When, then
        assertThatCode(() -> OpenAiOracle.assertSession(right)).doesNotThrowAnyException();
        assertThatThrownBy(() -> OpenAiOracle.assertSession(wrong)).hasMessageContaining("$.voice");
    }

    private static Stream<Arguments> read(String group, Consumer<String> oracle) throws IOException {
        return events(group).map(event -> Arguments.of(event.path("type").asText(), event.toString(), oracle));
    }

    private static Stream<JsonNode> events(String group) throws IOException {
        try (var in = OpenAiOracleTest.class.getResourceAsStream("openai-realtime-samples.json")) {
            return JSON.readTree(in).get(group).valueStream().map(sample -> sample.get("event"));
        }
    }
}
