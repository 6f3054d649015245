package centralita.simulators.model.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppendFrameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\"}",
                " {\"audio\" : \"AQID\" ,\n\"type\":\"input_audio_buffer.append\"} ",
                "{\"event_id\":\"e\",\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\"}"
            })
    void plainAppendsAreReadWithoutATree(String json) {
        assertThat(AppendFrame.audioOf(json.getBytes(StandardCharsets.UTF_8))).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"type\":\"input_audio_buffer.append\"",
                "{\"type\":\"input_audio_buffer.append\"}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\"} x",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"*\"}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":5}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQ\\u0049D\"}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\",\"more\":\"x\"}",
                "{\"type\":\"input_audio_buffer.commit\",\"audio\":\"AQID\"}"
            })
    void whateverIsOtherwiseIsLeftToTheOrdinaryWay(String json) {
        assertThat(AppendFrame.audioOf(json.getBytes(StandardCharsets.UTF_8))).isNull();
    }
}
