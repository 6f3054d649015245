package centralita.simulators.twilio;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** New provider ids: two letters and 32 hexadecimal digits. */
final class Sids {
    private Sids() {}

    static String next(String prefix) {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return prefix + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
