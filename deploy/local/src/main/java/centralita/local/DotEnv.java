package centralita.local;

import centralita.local.suite.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables in a {@code .env} file: {@code NAME=value} per line, {@code #} begins a comment line, quotes around a
 * value are left out. What is in the environment goes before.
 */
final class DotEnv {
    private DotEnv() {}

    /** @return the environment and, for names that it lacks, what the file says */
    static Map<String, String> merged(Map<String, String> environment, Path file) {
        var merged = new HashMap<>(read(file));
        merged.putAll(environment);
        return merged;
    }

    private static Map<String, String> read(Path file) {
        var values = new HashMap<String, String>();
        if (!Files.exists(file)) {
            return values;
        }
        try {
            int number = 0;
            for (var raw : Files.readAllLines(file)) {
                number++;
                var line = raw.strip();
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                int equals = line.indexOf('=');
                if (equals < 1 || !line.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    throw new LaunchException("Line " + number + " of " + file + " is not NAME=value.");
                }
                values.put(
                        line.substring(0, equals),
                        unquoted(line.substring(equals + 1).strip()));
            }
        } catch (IOException e) {
            throw new LaunchException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return values;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2
                && value.charAt(0) == value.charAt(value.length() - 1)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
            return value.substring(1, value.length() - 1);
        }
        return value;
    }
}
