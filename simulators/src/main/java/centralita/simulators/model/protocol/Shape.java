package centralita.simulators.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a JSON value must look like. */
@FunctionalInterface
public interface Shape {
    /**
     * @param path of the value, for the refusal
     * @throws Refusal for the first thing that is wrong
     */
    void check(JsonNode value, String path);

    Shape ANY = (value, path) -> {};

    Shape BOOLEAN = (value, path) -> {
        if (!value.isBoolean()) {
            throw Refusal.invalidType(path, "a boolean");
        }
    };

    Shape FREE_OBJECT = (value, path) -> {
        if (!value.isObject()) {
            throw Refusal.invalidType(path, "an object");
        }
    };

    static Shape text() {
        return text(Integer.MAX_VALUE);
    }

    static Shape text(int longest) {
        return (value, path) -> {
            if (!value.isTextual()) {
                throw Refusal.invalidType(path, "a string");
            }
            if (value.textValue().length() > longest) {
                throw new Refusal(
                        "string_above_max_length",
                        path,
                        "Invalid '%s': string too long. Expected a string with maximum length %d, but got %d."
                                .formatted(path, longest, value.textValue().length()));
            }
        };
    }

    /** One of some words. */
    static Shape word(String... words) {
        var text = text();
        return (value, path) -> {
            text.check(value, path);
            if (!Arrays.asList(words).contains(value.textValue())) {
                throw Refusal.invalidValue(path, "supported values are %s.".formatted(String.join(", ", words)));
            }
        };
    }

    /** A whole number; 1500.0 is none. */
    static Shape integer(long least, long most) {
        return (value, path) -> {
            if (!value.isIntegralNumber()) {
                throw Refusal.invalidType(path, "an integer");
            }
            if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
                throw Refusal.invalidValue(path, "must be %d to %d.".formatted(least, most));
            }
        };
    }

    static Shape number(double least, double most) {
        return (value, path) -> {
            if (!value.isNumber()) {
                throw Refusal.invalidType(path, "a number");
            }
            if (value.doubleValue() < least || value.doubleValue() > most) {
                throw Refusal.invalidValue(path, "must be %s to %s.".formatted(least, most));
            }
        };
    }

    static Shape list(Shape element) {
        return (value, path) -> {
            if (!value.isArray()) {
                throw Refusal.invalidType(path, "an array");
            }
            for (int i = 0; i < value.size(); i++) {
                element.check(value.get(i), "%s[%d]".formatted(path, i));
            }
        };
    }

    static Shape nullable(Shape shape) {
        return (value, path) -> {
            if (!value.isNull()) {
                shape.check(value, path);
            }
        };
    }

    /** The first shape for text, the second for everything else. */
    static Shape textOr(Shape forText, Shape otherwise) {
        return (value, path) -> (value.isTextual() ? forText : otherwise).check(value, path);
    }

    /** An object whose field {@code discriminator} says which shape it has. */
    static Shape byField(String discriminator, Map<String, Shape> shapes) {
        return (value, path) -> {
            FREE_OBJECT.check(value, path);
            var field = value.get(discriminator);
            var fieldPath = Fields.join(path, discriminator);
            if (field == null) {
                throw Refusal.missing(fieldPath);
            }
            if (!field.isTextual()) {
                throw Refusal.invalidType(fieldPath, "a string");
            }
            var shape = shapes.get(field.textValue());
            if (shape == null) {
                throw Refusal.invalidValue(fieldPath, "supported values are %s.".formatted(shapes.keySet()));
            }
            shape.check(value, path);
        };
    }

    static Fields fields() {
        return new Fields();
    }

    /** An object with exactly these fields. Missing ones are reported before unknown ones, these before wrong ones. */
    final class Fields implements Shape {
        private final Map<String, Shape> known = new LinkedHashMap<>();
        private final List<String> needed = new ArrayList<>();

        public Fields needs(String name, Shape shape) {
            needed.add(name);
            return may(name, shape);
        }

        public Fields may(String name, Shape shape) {
            known.put(name, shape);
            return this;
        }

        @Override
        public void check(JsonNode value, String path) {
            FREE_OBJECT.check(value, path);
            for (var name : needed) {
                if (!value.has(name)) {
                    throw Refusal.missing(join(path, name));
                }
            }
            for (var field : value.properties()) {
                if (!known.containsKey(field.getKey())) {
                    throw Refusal.unknown(join(path, field.getKey()));
                }
            }
            known.forEach((name, shape) -> {
                if (value.has(name)) {
                    shape.check(value.get(name), join(path, name));
                }
            });
        }

        static String join(String path, String name) {
            return path.isEmpty() ? name : path + "." + name;
        }
    }
}
