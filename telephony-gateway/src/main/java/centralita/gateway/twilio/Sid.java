package centralita.gateway.twilio;

import java.util.regex.Pattern;

/**
 * Ids that the provider gives to calls and streams. It documents two letters and 32 hexadecimal digits; what it has signed
 * is taken in any form that is safe in a key, a log line and JSON without escapes.
 */
final class Sid {
    private static final Pattern SAFE = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    private Sid() {}

    static boolean isSafe(String sid) {
        return SAFE.matcher(sid).matches();
    }
}
