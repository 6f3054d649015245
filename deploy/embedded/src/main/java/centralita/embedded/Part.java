package centralita.embedded;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A server that can be had. */
public enum Part {
    POSTGRES,
    REDIS,
    KAFKA;

    /**
     * @param names comma-separated and in any case, such as {@code redis,kafka}; empty for none
     * @throws IllegalArgumentException naming the word that is no part
     */
    public static Set<Part> parse(String names) {
        var parts = EnumSet.noneOf(Part.class);
        for (var name : names.split(",")) {
            if (!name.isBlank()) {
                parts.add(parseOne(name.strip()));
            }
        }
        return parts;
    }

    private static Part parseOne(String name) {
        return Arrays.stream(values())
                .filter(part -> part.word().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("infrastructure.needed: \"" + name + "\" is none of "
                        + Arrays.stream(values()).map(Part::word).collect(Collectors.joining(", "))));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
