package centralita.local;

import centralita.local.suite.BearerTokens;
import centralita.local.suite.SourceFolder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a bearer token for the REST APIs of the local suite. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Prints a bearer token (good for twelve hours) for the suite's REST APIs.")
final class TokenCommand implements Callable<Integer> {
    private static final List<String> ROLES = List.of("admin", "campaign-manager", "agent", "analyst", "service");

    @Parameters(arity = "1..*", paramLabel = "ROLE", description = "admin, campaign-manager, agent, analyst, service")
    private List<String> roles = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (var role : roles) {
            if (!ROLES.contains(role)) {
                throw new ParameterException(
                        spec.commandLine(), "\"" + role + "\" is none of " + String.join(", ", ROLES) + ".");
            }
        }
        var state = SourceFolder.here().resolve(".centralita");
        spec.commandLine().getOut().println(BearerTokens.sign(state, new LinkedHashSet<>(roles)));
        return 0;
    }
}
