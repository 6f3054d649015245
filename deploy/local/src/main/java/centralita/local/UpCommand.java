package centralita.local;

import centralita.local.calls.CallDesk;
import centralita.local.demo.DemoCall;
import centralita.local.suite.Progress;
import centralita.local.suite.SourceFolder;
import centralita.local.suite.Suite;
import centralita.local.suite.SuiteSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the suite, shows that it works, and stays until it is told to end. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts everything on this machine and has a first call take place. Ctrl-C ends it.")
final class UpCommand implements Callable<Integer> {
    private static final String DEMO_SCRIPT = "demo-en";

    @Option(names = "--no-demo", description = "Without the first call.")
    private boolean noDemo;

    @Option(names = "--port", paramLabel = "N", description = "Port of the ingress (default: ${DEFAULT-VALUE}).")
    private int port = SuiteSettings.DEFAULT_PORT;

    @Option(names = "--fresh", description = "Throws away what earlier starts kept.")
    private boolean fresh;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var repository = SourceFolder.here();
        var settings = SuiteSettings.of(repository, DotEnv.merged(System.getenv(), repository.resolve(".env")))
                .withPort(port)
                .withFresh(fresh);
        LauncherLog.writeTo(settings.state().resolve("logs").resolve("launcher.log"));
        var suite = new Suite(settings, progress(out));
        var refused = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!refused.get()) {
                say(out, "Stopping ...");
                suite.close();
                say(out, "Stopped; nothing is left running.");
            }
        }));
        try {
            suite.start();
        } catch (RuntimeException e) {
            refused.set(true); // it has closed itself; the exception says why
            throw e;
        }
        var desk = CallDesk.open(suite.standIns());
        suite.announceCallDesk(desk.url(), desk.ticket(), desk);
        if (!noDemo) {
            firstCall(suite, out);
        }
        Welcome.lines(suite, noDemo).forEach(line -> say(out, line));
        // Until a signal ends this JVM; the hook does the rest.
        new CountDownLatch(1).await();
        return 0;
    }

    private static void firstCall(Suite suite, PrintWriter out) {
        if (suite.standIns().twilio().isEmpty()) {
            say(out, "Calls come from Twilio: phone your number for a first call.");
            return;
        }
        say(out, "");
        say(out, "A first call:");
        boolean heard;
        try {
            heard = DemoCall.run(suite, DEMO_SCRIPT, line -> say(out, line));
        } catch (RuntimeException e) {
            // A topic with something else in it, a broker that goes away: the suite itself may be well.
            say(out, "The first call could not be followed: " + e.getMessage());
            heard = false;
        }
        if (!heard) {
            say(
                    out,
                    "The first call did not go as it should; the suite keeps running, and its logs are in "
                            + suite.state().resolve("logs") + ".");
        }
        say(out, "");
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private static Progress progress(PrintWriter out) {
        return sentence -> say(out, sentence);
    }
}
