package centralita.contracts.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberMaskTest {
    private final NumberMask mask = new NumberMask("0123456789abcdef");

    @Test
    void theHashIsTheFirstHalfOfTheKeyedHash() {
        // When
        var masked = mask.mask("+34600111267");

        // Then: printf '%s' +34600111267 | openssl dgst -sha256 -hmac 0123456789abcdef
        assertThat(masked).isEqualTo(new MaskedNumber("935ac9f3fe3fb9fabad1f699822078ad", "67"));
    }

    @Test
    void anotherKeyGivesAnotherHash() {
        // Given
        var other = new NumberMask("fedcba9876543210");

        // When, then
        assertThat(other.mask("+34600111267").hash())
                .isNotEqualTo(mask.mask("+34600111267").hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anonymous", "Anonymous", "RESTRICTED", "unknown", "+266696687"})
    void aWithheldNumberHasNoHash(String address) {
        // When, then
        assertThat(mask.mask(address)).isEqualTo(MaskedNumber.WITHHELD);
    }

    @Test
    void anAddressThatIsNoNumberShowsNoDigits() {
        // When
        var masked = mask.mask("sip:ana42@example.test");

        // Then
        assertThat(masked.hash()).hasSize(32);
        assertThat(masked.lastTwo()).isNull();
    }

    @Test
    void aShortKeyIsRefused() {
        // When, then
        assertThatThrownBy(() -> new NumberMask("short"))
                .hasMessage("the key of the number hash has fewer than 16 characters");
    }
}
