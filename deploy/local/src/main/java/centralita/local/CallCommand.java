package centralita.local;

import centralita.local.calls.CallOrder;
import centralita.local.suite.RunFile;
import centralita.local.suite.SourceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Places scripted calls against the running suite. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = {
            "Has a scripted caller phone the running suite.",
            "Exits with 0 only if everything was heard that had to be heard."
        })
final class CallCommand implements Callable<Integer> {
    @Option(
            names = "--script",
            required = true,
            paramLabel = "FILE",
            description = "A caller's script, or the name of one that comes along.")
    private String script = "";

    @Option(names = "--calls", paramLabel = "N", description = "So many at the same time (default: ${DEFAULT-VALUE}).")
    private int calls = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var file = Path.of(script);
        // A word without a dot or a slash is the name of a script that comes along, unless there is such a file.
        var known =
                Files.isRegularFile(file) ? file.toAbsolutePath().normalize().toString() : script;
        if (!Files.isRegularFile(file) && !script.matches("[a-z0-9-]+")) {
            throw new ParameterException(spec.commandLine(), "There is no file " + script + ".");
        }
        var suite = RunFile.find(SourceFolder.here().resolve(".centralita"));
        return CallOrder.carryOut(suite, known, calls, spec.commandLine().getOut());
    }
}
