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
        rows.add("calls           " + url + "/calls");
        rows.add("costs           " + url + "/analytics/summary");
        rows.add("ready?          " + url + "/q/health/ready");
        rows.add("webhook         " + suite.publicBaseUrl() + "/webhook/twilio");
        suite.services().forEach(service -> rows.add("%-22s %s".formatted(service.name(), service.url("/q/"))));
        rows.add("");
        rows.add("a token         ./centralita token admin");
        suite.standIns()
                .twilio()
                .ifPresent(_ -> rows.add((noDemo ? "a" : "another") + " call" + (noDemo ? "          " : "    ")
                        + "./centralita call --script demo-en"));
        rows.add("logs            " + suite.state().resolve("logs"));
        rows.add("");
        rows.add("Ctrl-C ends it.");
        return boxed(rows);
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
