package centralita.contracts.phone;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A telephone number in E.164, in full: personal data. It masks itself wherever it is printed, so only who asks for
 * {@link #e164()} sees the digits.
 *
 * @param e164 {@code +} and 7 to 15 digits, the first of them not 0
 */
public record PhoneNumber(@JsonValue String e164) {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    @JsonCreator
    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new IllegalArgumentException("a phone number is written as + and 7 to 15 digits");
        }
    }

    /** The number, or empty when the text is none: callers may be anonymous, clients or SIP addresses. */
    public static Optional<PhoneNumber> of(String text) {
        return E164.matcher(text).matches() ? Optional.of(new PhoneNumber(text)) : Optional.empty();
    }

    /** The last two digits, all that may be shown. */
    public String lastTwo() {
        return e164.substring(e164.length() - 2);
    }

    @Override
    public String toString() {
        return "+***" + lastTwo();
    }
}
