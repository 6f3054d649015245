package centralita.bridge.openai;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.model.ModelEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerEventsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "[{'name':'tokens','limit':40000,'remaining':39000,'reset_seconds':1.5}]; 40000; 39000",
                "[{'name':'requests','limit':9,'remaining':8},{'name':'tokens','limit':7,'remaining':-1}]; 7; 0"
            })
    void whatIsLeftOfTheTokensIsRead(String limits, long limit, long left) {
        // When, then
        assertThat(read(limits)).isEqualTo(new ModelEvent.TokensLeft(limit, left));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {"[]", "'x'", "[{'name':'tokens'}]", "[{'name':'requests','limit':9}]"})
    void anEventWithoutALimitOnTokensSaysNothing(String limits) {
        // When, then
        assertThat(read(limits)).isEqualTo(new ModelEvent.Other("rate_limits.updated", true));
    }

    private static ModelEvent read(String limits) {
        var json = "{\"type\":\"rate_limits.updated\",\"rate_limits\":" + limits.replace('\'', '"') + "}";
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        return ServerEvents.read(ServerEvents.parse(bytes, 0, bytes.length));
    }
}
