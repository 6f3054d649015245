package centralita.livestate;

import java.util.Map;

/** Reads the fields of a Redis hash. */
final class Fields {
    private Fields() {}

    static String text(Map<String, String> fields, String name) {
        var value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the field " + name + " is missing");
        }
        return value;
    }

    static long number(Map<String, String> fields, String name) {
        try {
            return Long.parseLong(text(fields, name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the field " + name + " is no number", e);
        }
    }
}
