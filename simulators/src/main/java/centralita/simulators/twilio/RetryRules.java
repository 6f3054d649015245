package centralita.simulators.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Connection overrides after {@code #} in a webhook URL (twilio.md 1.3).
 *
 * @param connect limit on the TCP connection
 * @param read limit on the first byte of the answer
 * @param total limit on everything, retries included
 * @param retries after the first attempt
 * @param on {@code 4xx 5xx ct rt}
 */
record RetryRules(Duration connect, Duration read, Duration total, int retries, Set<String> on) {
    static RetryRules of(URI url, Duration hardLimit) {
        var connect = Duration.ofSeconds(5);
        var read = hardLimit;
        var total = hardLimit;
        int retries = 1;
        var on = Set.of("ct");
        var fragment = url.getRawFragment();
        for (var part : fragment == null ? new String[0] : fragment.split("&", 20)) {
            var key = part.replaceAll("=.*", "");
            var value = part.substring(Math.min(part.length(), key.length() + 1));
            switch (key) {
                case "ct" -> connect = millis(value, 10_000);
                case "rt" -> read = shorter(millis(value, 15_000), hardLimit);
                case "tt" -> total = shorter(millis(value, 15_000), hardLimit);
                case "rc" -> retries = Math.clamp(number(value), 0, 5);
                case "rp" -> on = policy(value);
                // sni and e choose Twilio's own equipment: nothing that we could tell apart.
                default -> {}
            }
        }
        return new RetryRules(connect, read, total, retries, on);
    }

    private static Set<String> policy(String value) {
        var on = new HashSet<String>();
        for (var word : value.split(",", 10)) {
            switch (word) {
                case "all" -> on.addAll(Set.of("4xx", "5xx", "ct", "rt"));
                case "4xx", "5xx", "ct", "rt" -> on.add(word);
                default -> throw WebhookFailure.of(11243, "bad rp value");
            }
        }
        return Set.copyOf(on);
    }

    private static Duration millis(String value, int most) {
        return Duration.ofMillis(Math.clamp(number(value), 100, most));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw WebhookFailure.of(11100, "a connection override is not a number");
        }
    }
}
