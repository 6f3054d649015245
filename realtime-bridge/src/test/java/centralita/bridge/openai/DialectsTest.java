package centralita.bridge.openai;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.model.ModelEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes in is understood in both dialects (openai-realtime 8). */
class DialectsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "response.audio.done, response.output_audio.done",
        "response.audio_transcript.delta, response.output_audio_transcript.delta",
        "response.audio_transcript.done, response.output_audio_transcript.done",
    })
    void aBetaEventSaysTheSameAsItsSuccessor(String beta, String ga) {
        assertThat(read(beta)).isEqualTo(read(ga)).isNotInstanceOf(ModelEvent.Other.class);
    }

    @ParameterizedTest
    @CsvSource({"response.text.delta", "response.text.done", "conversation.item.created", "response.output_text.done"})
    void whatIsOfNoConsequenceIsKnownInBoth(String type) {
        assertThat(read(type)).isEqualTo(new ModelEvent.Other(type, true));
    }

    @Test
    void audioIsFoundWithoutAParserInBoth() {
        for (var type : new String[] {"response.audio.delta", "response.output_audio.delta"}) {
            // Given
            var message = ("{\"type\":\"" + type + "\",\"event_id\":\"event_0061\",\"delta\":\"//8=\",\"response_id\":"
                            + "\"resp_0001\",\"item_id\":\"item_asst_0001\",\"output_index\":0,\"content_index\":0}")
                    .getBytes(StandardCharsets.UTF_8);
            var delta = new AudioDelta();

            // When
            var found = delta.read(message, 0, message.length);

            // Then
            assertThat(found).isTrue();
            assertThat(delta.itemId()).isEqualTo("item_asst_0001");
            assertThat(delta.audio(message)).containsExactly(0xFF, 0xFF);
        }
    }

    private static ModelEvent read(String type) {
        var json = ("{\"type\":\"" + type
                        + "\",\"event_id\":\"event_1\",\"response_id\":\"resp_1\",\"item_id\":\"item_1\","
                        + "\"delta\":\"Ho\",\"transcript\":\"Hola\",\"text\":\"Hola\",\"output_index\":0,\"content_index\":0}")
                .getBytes(StandardCharsets.UTF_8);
        var event = ServerEvents.parse(json, 0, json.length);
        assertThat(event).isNotNull();
        return ServerEvents.read(event);
    }
}
