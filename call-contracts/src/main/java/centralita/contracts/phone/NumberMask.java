package centralita.contracts.phone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns numbers into {@link MaskedNumber}s with one secret key. A keyed hash, because the few billion numbers that exist
 * are hashed in seconds by anybody who needs no key.
 *
 * <p>Thread-safe.
 */
public final class NumberMask {
    private static final String ALGORITHM = "HmacSHA256";
    /** What carriers send in place of a number that the caller withholds. */
    private static final Set<String> WITHHELD = Set.of(
            "", "anonymous", "unknown", "restricted", "unavailable", "+266696687", "+86282452253", "+7378742883");

    private final SecretKeySpec key;

    /** @param key the same in every service of a deployment, at least 16 characters */
    public NumberMask(String key) {
        if (key.length() < 16) {
            throw new IllegalArgumentException("the key of the number hash has fewer than 16 characters");
        }
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** @param address E.164, {@code sip:}, {@code client:} or one of the carriers' words for "withheld" */
    public MaskedNumber mask(String address) {
        if (WITHHELD.contains(address.toLowerCase(java.util.Locale.ROOT))) {
            return MaskedNumber.WITHHELD;
        }
        var lastTwo = PhoneNumber.of(address).map(PhoneNumber::lastTwo).orElse(null);
        return new MaskedNumber(hash(address), lastTwo);
    }

    private String hash(String address) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }
}
