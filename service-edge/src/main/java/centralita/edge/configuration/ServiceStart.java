package centralita.edge.configuration;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How every service starts: what it needs is checked before the framework looks at anything, so that whatever is missing
 * ends in one sentence on standard error and exit code {@value #EXIT_CONFIGURATION}, never in a stack trace.
 *
 * <pre>{@code
 * @QuarkusMain
 * public class Orchestrator {
 *     static final ServiceVariables VARIABLES = ServiceVariables.of("call-orchestrator", REDIS_HOSTS, …);
 *
 *     public static void main(String... args) {
 *         ServiceStart.run(VARIABLES, args);
 *     }
 * }
 * }</pre>
 */
public final class ServiceStart {
    /** EX_CONFIG of {@code sysexits.h}: starting again without a change is in vain. */
    public static final int EXIT_CONFIGURATION = 78;

    private ServiceStart() {}

    /** Does not return before the service ends. */
    public static void run(ServiceVariables variables, String... args) {
        if (!mayStart(variables, environment(), System.err)) {
            System.exit(EXIT_CONFIGURATION);
        }
        Quarkus.run(args);
    }

    static boolean mayStart(
            ServiceVariables variables, UnaryOperator<@Nullable String> environment, PrintStream complaints) {
        var complaint = variables.complaint(environment);
        complaint.ifPresent(complaints::println);
        return complaint.isEmpty();
    }

    /** Where the framework looks, too: system properties, the environment, {@code .env} in the working folder. */
    private static UnaryOperator<@Nullable String> environment() {
        var file = readDotEnv(Path.of(".env"));
        return name -> {
            var property = System.getProperty(name);
            if (property != null) {
                return property;
            }
            var variable = System.getenv(name);
            return variable != null ? variable : file.get(name);
        };
    }

    static Map<String, String> readDotEnv(Path path) {
        var values = new HashMap<String, String>();
        if (!Files.isReadable(path)) {
            return values;
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            // The framework reads the same file right after us and says what it makes of it.
            return values;
        }
        properties.forEach((name, value) -> values.put(name.toString(), value.toString()));
        return values;
    }
}
