package centralita.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.contracts.call.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractsJsonTest {
    record Moment(Instant at, Duration length, @Nullable String note) {}

    @Test
    void timesAreTextAndAbsentIsAbsent() {
        // When
        var json =
                ContractsJson.write(new Moment(Instant.parse("2026-11-22T10:00:00.5Z"), Duration.ofMillis(1500), null));

        // Then
        assertThat(json).isEqualTo("{\"at\":\"2026-11-22T10:00:00.500Z\",\"length\":\"PT1.5S\"}");
    }

    @Test
    void fieldsThatWeDoNotKnowAreIgnored() {
        // Given
        var json =
                "{\"textIn\":1,\"textCached\":2,\"audioIn\":3,\"audioCached\":4,\"textOut\":5,\"audioOut\":6,\"x\":{}}";

        // When
        var tokens = ContractsJson.read(json.getBytes(StandardCharsets.UTF_8), Tokens.class);

        // Then
        assertThat(tokens).isEqualTo(new Tokens(1, 2, 3, 4, 5, 6));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 10_000, 1_000_000})
    void tooDeepIsRefusedWithoutAnOverflow_TH31(int depth) {
        // Given
        var hostile = "[".repeat(depth) + "]".repeat(depth);

        // When, then
        assertThatThrownBy(() -> ContractsJson.read(hostile, JsonNode.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("StreamConstraintsException");
    }

    @Test
    void tooLongATextIsRefused_TH31() {
        // Given
        var hostile = "\"" + "x".repeat((1 << 20) + 1) + "\"";

        // When, then
        assertThatThrownBy(() -> ContractsJson.read(hostile, String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot read JSON as String: StreamConstraintsException");
    }

    @Test
    void tooLongANumberIsRefused_TH31() {
        // Given
        var hostile = "9".repeat(2_000);

        // When, then
        assertThatThrownBy(() -> ContractsJson.read(hostile, java.math.BigDecimal.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesThatAreNoJsonEndInOneKindOfError_TH31() {
        // Given
        var seed = 20261122L;
        var random = new Random(seed);

        // When, then
        for (var i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = '{';
            }
            try {
                ContractsJson.read(bytes, Tokens.class);
            } catch (IllegalArgumentException expected) {
                assertThat(expected).as("seed %d, round %d", seed, i).hasNoCause();
            }
        }
    }
}
