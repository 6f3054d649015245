package centralita.edge.configuration;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An environment variable that a service reads.
 *
 * @param name as the environment has it
 * @param example of a good value; shown to whoever forgot it
 * @param required whether the service cannot start without it
 * @param secret whether its value must never be shown; it is not shown anyway, but pages say so
 */
public record Variable(String name, Shape shape, String example, boolean required, boolean secret) {
    /** Must be set. */
    public static Variable required(String name, Shape shape, String example) {
        return new Variable(name, shape, example, true, false);
    }

    /** Must be set and is nobody's business. */
    public static Variable requiredSecret(String name, Shape shape, String example) {
        return new Variable(name, shape, example, true, true);
    }

    /** May be left out, then a default holds; but when it is set it must fit. */
    public static Variable optional(String name, Shape shape, String example) {
        return new Variable(name, shape, example, false, false);
    }

    /** May be left out; nobody's business. */
    public static Variable optionalSecret(String name, Shape shape, String example) {
        return new Variable(name, shape, example, false, true);
    }

    /** This variable for a service that needs it although others do not. */
    public Variable asRequired() {
        return new Variable(name, shape, example, true, secret);
    }

    /** One sentence when the value will not do, else empty. @param value null or empty when it is not set */
    Optional<String> complaint(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return required ? Optional.of(sentence("is not set")) : Optional.empty();
        }
        return shape.fits().test(value) ? Optional.empty() : Optional.of(sentence("is malformed"));
    }

    private String sentence(String what) {
        return name + " " + what + ": it must be " + shape.words() + ", for example " + example + ".";
    }
}
