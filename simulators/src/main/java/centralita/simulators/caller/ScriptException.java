package centralita.simulators.caller;

import java.util.List;

/** A script that cannot be followed. The message has one line per error: {@code name.call:7: …}. */
public final class ScriptException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ScriptException(String name, List<String> errors) {
        super(String.join(
                System.lineSeparator(),
                errors.stream().map(error -> name + ".call:" + error).toList()));
    }
}
