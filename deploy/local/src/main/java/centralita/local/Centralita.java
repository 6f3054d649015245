package centralita.local;

import centralita.embedded.InfrastructureException;
import centralita.local.bench.BenchCommand;
import centralita.local.chaos.ChaosCommand;
import centralita.local.soak.SoakCommand;
import centralita.local.suite.LaunchException;
import centralita.local.training.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands behind {@code ./centralita}. Exit codes: 0 done; 1 what was to hold did not: a scripted call did not go as
 * written (call), audio was lost or nothing measured (bench), a rule was broken (chaos), something grew or a caller was
 * dropped (soak); 2 wrong usage; 5 something could not start. The script itself adds 3, no JDK 25, and 4, the build failed.
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

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Centralita.class.getPackage().getImplementationVersion();
            return new String[] {"Centralita " + (version == null ? "(not packaged)" : version)};
        }
    }
}
