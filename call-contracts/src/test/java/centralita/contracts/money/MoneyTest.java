package centralita.contracts.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.contracts.json.ContractsJson;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void theAmountIsTextSoThatNobodyMakesABinaryFractionOfIt() {
        // When
        var json = ContractsJson.write(Money.of("0.0132", "USD"));

        // Then
        assertThat(json).isEqualTo("{\"amount\":\"0.0132\",\"currency\":\"USD\"}");
        assertThat(ContractsJson.read(json, Money.class)).isEqualTo(Money.of("0.0132", "USD"));
    }

    @Test
    void smallAmountsAreWrittenWithoutAnExponent() {
        // When
        var json = ContractsJson.write(Money.of("0.0000004", "USD"));

        // Then
        assertThat(json).isEqualTo("{\"amount\":\"0.0000004\",\"currency\":\"USD\"}");
    }

    @Test
    void sumsAreExact() {
        // When
        var sum = Money.of("0.1", "EUR").plus(Money.of("0.2", "EUR"));

        // Then
        assertThat(sum).isEqualTo(Money.of("0.3", "EUR"));
    }

    @Test
    void twoCurrenciesHaveNoSum() {
        // Given
        var euros = Money.of("1", "EUR");
        var dollars = Money.of("1", "USD");

        // When, then
        assertThatThrownBy(() -> euros.plus(dollars))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot add USD to EUR");
    }
}
