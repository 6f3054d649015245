package centralita.local.training;

import centralita.local.suite.SourceFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code centralita train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Runs every service once, with calls, and keeps what its JVM learned, so that later starts of this build take",
            "a fraction of the time. Up, bench, chaos and soak use it by themselves."
        })
public final class TrainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var began = Instant.now();
        new Training(SourceFolder.here(), sentence -> {
                    out.println(sentence);
                    out.flush();
                })
                .run();
        out.println("Trained in " + Duration.between(began, Instant.now()).toSeconds() + " s.");
        return 0;
    }
}
