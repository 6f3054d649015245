package centralita.local;

import centralita.embedded.InfrastructureException;
import centralita.local.bench.BenchCommand;
import centralita.local.chaos.ChaosCommand;
import centralita.local.soak.SoakCommand;
import centralita.local.suite.LaunchException;
import centralita.local.training.TrainCommand;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands behind {@code ./centralita}. Exit codes: 0 done, 1 a scripted call did not go as written, 2 wrong usage, 5
 * something could not start.
 */
@Command(
        name = "centralita",
        description = "A telephone switchboard whose operator is an AI.",
        mixinStandardHelpOptions = true,
        versionProvider = Centralita.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Further: test (builds and tests everything), jdk (prints the JDK that is used).",
        },
        subcommands = {
            UpCommand.class,
            CallCommand.class,
            TokenCommand.class,
            TrainCommand.class,
            BenchCommand.class,
            ChaosCommand.class,
            SoakCommand.class
        })
public final class Centralita {
    static final int CANNOT_START = 5;

    private Centralita() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        var commands = new CommandLine(new Centralita());
        commands.setExecutionExceptionHandler((failure, commandLine, _) -> {
            if (failure instanceof LaunchException || failure instanceof InfrastructureException) {
                commandLine.getErr().println(failure.getMessage());
                return CANNOT_START;
            }
            throw failure;
        });
        if (arguments.length == 0) {
            commands.usage(commands.getOut());
            return 0;
        }
        return commands.execute(arguments);
    }

    /** The folder of the sources: the script says it; in an IDE it is the working folder. */
    static Path repository() {
        return Path.of(System.getProperty("centralita.home", "."))
                .toAbsolutePath()
                .normalize();
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Centralita.class.getPackage().getImplementationVersion();
            return new String[] {"Centralita " + (version == null ? "(not packaged)" : version)};
        }
    }
}
