package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.caller.CallerReport;
import centralita.simulators.caller.CallerScript;
import centralita.simulators.caller.ScriptVerdict;
import centralita.simulators.caller.ScriptedCaller;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** People who phone the running suite. */
final class Callers {
    private Callers() {}

    /** One caller; the test fails with the script's own report if he did not hear what he had to hear. */
    static CallerReport phone(RunningSuite running, CallerScript script) throws InterruptedException {
        return phone(running, script, 1).callers().getFirst();
    }

    /** Many callers, six more each second: the machine carries the callers, the model and the suite. */
    static ScriptVerdict phone(RunningSuite running, CallerScript script, int callers) throws InterruptedException {
        var verdict = ScriptedCaller.on(running.twilio())
                .askingModel(URI.create("http://127.0.0.1:" + running.model().port()))
                .withCallsPerSecond(6)
                .run(script, callers);
        assertThat(verdict.passed()).as(report(verdict)).isTrue();
        return verdict;
    }

    private static String report(ScriptVerdict verdict) {
        var text = new ByteArrayOutputStream();
        verdict.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8);
    }
}
