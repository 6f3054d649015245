package centralita.simulators.caller;

import java.io.PrintStream;
import java.util.List;

/** How a script went for all who followed it. */
public record ScriptVerdict(String script, List<CallerReport> callers) {
    private static final int SHOWN_FAILURES = 10;

    public ScriptVerdict {
        callers = List.copyOf(callers);
    }

    public boolean passed() {
        return !callers.isEmpty() && callers.stream().allMatch(CallerReport::passed);
    }

    /** For a command line: 0 only if every caller heard what had to be heard. */
    public int exitCode() {
        return passed() ? 0 : 1;
    }

    /** One caller in full, or many in a few lines and the first failures in full. */
    public void print(PrintStream out) {
        if (callers.size() == 1) {
            print(out, callers.getFirst());
        } else {
            var failed = callers.stream().filter(caller -> !caller.passed()).toList();
            failed.stream().limit(SHOWN_FAILURES).forEach(caller -> print(out, caller));
            if (failed.size() > SHOWN_FAILURES) {
                out.printf("… and %d more%n", failed.size() - SHOWN_FAILURES);
            }
            printParrots(out);
        }
        var good = callers.stream().filter(CallerReport::passed).count();
        out.printf("%s: %d of %d callers heard what they had to hear%n", script, good, callers.size());
    }

    private void printParrots(PrintStream out) {
        var parrots = callers.stream()
                .map(CallerReport::parrot)
                .filter(parrot -> parrot != null)
                .toList();
        if (!parrots.isEmpty()) {
            out.printf(
                    "frames: sent %d, back %d, lost %d, corrupted %d, of others %d, repeated %d%n",
                    parrots.stream().mapToInt(CallerReport.ParrotReport::sent).sum(),
                    parrots.stream().mapToInt(CallerReport.ParrotReport::heard).sum(),
                    parrots.stream().mapToInt(CallerReport.ParrotReport::lost).sum(),
                    parrots.stream()
                            .mapToInt(CallerReport.ParrotReport::corrupted)
                            .sum(),
                    parrots.stream()
                            .mapToInt(CallerReport.ParrotReport::crossed)
                            .sum(),
                    parrots.stream()
                            .mapToInt(CallerReport.ParrotReport::repeated)
                            .sum());
        }
    }

    private static void print(PrintStream out, CallerReport caller) {
        var call = caller.call();
        out.printf(
                "caller %d: %s, %d ms%n",
                caller.caller(), call.status(), call.talkTime().toMillis());
        for (var step : caller.steps()) {
            out.printf(
                    "  %s line %-3d %7d ms  %-45s %s%n",
                    step.passed() ? "ok  " : "FAIL", step.line(), step.fromMs(), step.text(), step.failure());
        }
        for (var text : caller.announced()) {
            out.printf("  announced  %s%n", text);
        }
        for (var clip : caller.heard()) {
            out.printf(
                    "  heard    %7d-%d ms  %s (%.0f %%)%n",
                    clip.fromMs(), clip.toMs(), clip.text(), 100 * clip.share());
        }
        for (var incident : call.incidents()) {
            out.printf("  error %d: %s%n", incident.code(), incident.text());
        }
        for (var webhook : call.webhooks()) {
            out.printf("  asked %s: %d in %d ms%n", webhook.url().getPath(), webhook.status(), webhook.tookMs());
        }
    }
}
