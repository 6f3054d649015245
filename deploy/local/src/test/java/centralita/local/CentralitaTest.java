package centralita.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CentralitaTest {
    @ParameterizedTest
    @ValueSource(strings = {"up", "call", "token", "train", "bench", "chaos", "soak"})
    void everyCommandTellsItsOptions(String command) {
        // When, then
        assertThat(Centralita.run(command, "--help")).isZero();
    }
}
