package centralita.edge.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a variable's value looks like.
 *
 * @param words for the sentence that names it, as {@code a port from 1 to 65535}
 * @param fits whether a value has it; never called with an empty one
 */
public record Shape(String words, Predicate<String> fits) {
    private static final Pattern HOST_PORT = Pattern.compile("[^\\s,:/]+:[0-9]{1,5}");

    public static Shape text() {
        return new Shape("a text", _ -> true);
    }

    /** @param words what the pattern stands for */
    public static Shape matching(String words, String regex) {
        var pattern = Pattern.compile(regex);
        return new Shape(words, value -> pattern.matcher(value).matches());
    }

    public static Shape secret(int minLength) {
        return new Shape("a secret of at least " + minLength + " characters", value -> value.length() >= minLength);
    }

    /** One, or several while rotating. */
    public static Shape secrets(int minLength) {
        return new Shape("a secret of at least " + minLength + " characters, or several separated by commas", value -> {
            for (var one : value.split(",", -1)) {
                if (one.strip().length() < minLength) {
                    return false;
                }
            }
            return true;
        });
    }

    public static Shape port() {
        return new Shape("a port from 1 to 65535", value -> wholeNumber(value, 1, 65535));
    }

    public static Shape number(long min, long max) {
        return new Shape("a whole number from " + min + " to " + max, value -> wholeNumber(value, min, max));
    }

    public static Shape oneOf(String... words) {
        return new Shape("one of " + String.join(", ", words), Set.of(words)::contains);
    }

    /** An absolute address with a host. @param schemes as {@code https} */
    public static Shape address(String... schemes) {
        var allowed = Set.of(schemes);
        return new Shape("an address that begins with " + String.join(":// or ", schemes) + "://", value -> {
            try {
                var uri = new URI(value);
                return uri.getScheme() != null && allowed.contains(uri.getScheme()) && uri.getRawAuthority() != null;
            } catch (URISyntaxException e) {
                return false;
            }
        });
    }

    /** {@code host:port}, or several separated by commas. */
    public static Shape hostPorts() {
        return new Shape("host:port, or several separated by commas", value -> {
            for (var one : value.split(",", -1)) {
                if (!HOST_PORT.matcher(one.strip()).matches()) {
                    return false;
                }
            }
            return true;
        });
    }

    private static boolean wholeNumber(String value, long min, long max) {
        try {
            var number = Long.parseLong(value);
            return number >= min && number <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
