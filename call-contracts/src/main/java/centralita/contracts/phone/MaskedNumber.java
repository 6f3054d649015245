package centralita.contracts.phone;

import org.jspecify.annotations.Nullable;

/**
 * A party of a call without its number: the same number always has the same hash, and nobody without the key can tell
 * which number it is.
 *
 * @param hash 32 hexadecimal digits: the first half of HMAC-SHA-256 over the address; null when the party withheld it
 * @param lastTwo the last two digits of a telephone number; null for other addresses
 */
public record MaskedNumber(@Nullable String hash, @Nullable String lastTwo) {
    /** A party that withheld its address. */
    public static final MaskedNumber WITHHELD = new MaskedNumber(null, null);
}
