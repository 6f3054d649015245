package centralita.gateway.twilio;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of a webhook, decoded once. Unknown ones are kept: they are signed, too.
 *
 * @param values by name, in natural order of names; a name may have several values
 */
record Fields(SortedMap<String, List<String>> values) {
    /** Twilio sends some forty; more than this is cut and the signature then fails. */
    private static final int MAX_FIELDS = 400;

    static final Fields NONE = new Fields(new TreeMap<>());

    /**
     * @param text a form body or a query
     * @throws IllegalArgumentException when a percent sign is not followed by two hexadecimal digits
     */
    static Fields of(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        var decoder = new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MAX_FIELDS, true);
        return new Fields(new TreeMap<>(decoder.parameters()));
    }

    /** These fields, and those of the others whose names are not among them. */
    Fields or(Fields others) {
        if (others.values.isEmpty()) {
            return this;
        }
        var all = new TreeMap<>(others.values);
        all.putAll(values);
        return new Fields(all);
    }

    /** The first value, or the empty text. */
    String get(String name) {
        var found = values.get(name);
        return found == null || found.isEmpty() ? "" : found.getFirst();
    }

    /** What a call brought along over SIP: the headers that the operator allows, by their own names. */
    Map<String, String> sipHeaders(List<String> allowed, int maxCharacters) {
        var found = new LinkedHashMap<String, String>();
        for (var name : allowed) {
            for (var field : values.keySet()) {
                if (field.equalsIgnoreCase("SipHeader_" + name)) {
                    var value = get(field);
                    found.put(name, value.substring(0, Math.min(value.length(), maxCharacters)));
                }
            }
        }
        return found;
    }

    /** Other fields that the operator allows, by their own names; those that are absent or empty are left out. */
    Map<String, String> parameters(List<String> allowed, int maxCharacters) {
        var found = new LinkedHashMap<String, String>();
        for (var name : allowed) {
            var value = get(name);
            if (!value.isEmpty()) {
                found.put(name, value.substring(0, Math.min(value.length(), maxCharacters)));
            }
        }
        return found;
    }

    /** Without values: they are personal data. */
    @Override
    public String toString() {
        return "Fields" + values.keySet();
    }
}
