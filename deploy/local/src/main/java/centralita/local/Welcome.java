package centralita.local;

import centralita.local.suite.Suite;
import java.util.ArrayList;
import java.util.List;

/** The box at the end of a start: where everything is. */
final class Welcome {
    private Welcome() {}

    /** @param noDemo whether no call took place that could be looked at */
    static List<String> lines(Suite suite, boolean noDemo) {
        var url = suite.ingressUrl();
        var rows = new ArrayList<String>();
        rows.add("Centralita is running: " + url);
        rows.add("");
        rows.add(row("calls", url + "/calls"));
        rows.add(row("costs", url + "/analytics/summary"));
        rows.add(row("ready?", url + "/q/health/ready"));
        rows.add(row("webhook", suite.publicBaseUrl() + "/webhook/twilio"));
        suite.services()
                .forEach(service ->
                        rows.add(row(service.name(), service.url("/q/").toString())));
        rows.add("");
        rows.add(row("a token", "./centralita token admin"));
        suite.standIns()
                .twilio()
                .ifPresent(
                        _ -> rows.add(row(noDemo ? "a call" : "another call", "./centralita call --script demo-en")));
        rows.add(row("logs", suite.state().resolve("logs").toString()));
        rows.add("");
        rows.add("Ctrl-C ends it.");
        return boxed(rows);
    }

    private static String row(String what, String where) {
        return "%-20s %s".formatted(what, where);
    }

    private static List<String> boxed(List<String> rows) {
        int width = rows.stream().mapToInt(String::length).max().orElse(0);
        var lines = new ArrayList<String>();
        lines.add("┌─" + "─".repeat(width) + "─┐");
        rows.forEach(row -> lines.add("│ " + row + " ".repeat(width - row.length()) + " │"));
        lines.add("└─" + "─".repeat(width) + "─┘");
        return lines;
    }
}
