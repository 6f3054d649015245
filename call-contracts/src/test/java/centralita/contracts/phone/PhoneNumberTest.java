package centralita.contracts.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.contracts.json.ContractsJson;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
    @Test
    void masksItselfWhereverItIsPrinted() {
        // Given
        var number = new PhoneNumber("+34600111267");

        // When
        var printed = "calling " + number + " and " + Optional.of(number);

        // Then
        assertThat(printed).isEqualTo("calling +***67 and Optional[+***67]");
    }

    @Test
    void travelsInFullAsOneText() {
        // When
        var json = ContractsJson.write(new PhoneNumber("+34600111267"));

        // Then
        assertThat(json).isEqualTo("\"+34600111267\"");
        assertThat(ContractsJson.read(json, PhoneNumber.class)).isEqualTo(new PhoneNumber("+34600111267"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "34600111267",
                "+0123456789",
                "+123456",
                "+1234567890123456",
                "+34 600 111 267",
                "+346٠٠111267",
                "sip:a@b"
            })
    void refusesWhatIsNoE164WithoutRepeatingIt(String text) {
        // When, then
        assertThat(PhoneNumber.of(text)).isEmpty();
        assertThatThrownBy(() -> new PhoneNumber(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a phone number is written as + and 7 to 15 digits");
    }
}
