package centralita.local.chaos;

import centralita.simulators.continuity.Asked;
import centralita.simulators.continuity.ContinuityReport;
import centralita.simulators.continuity.SessionLog;
import centralita.simulators.twilio.CallReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What happened to one call, for those who look for the reason of a violation: one line per thing, in the order of time.
 * Nothing in it is personal.
 *
 * @param lines with seconds since the run began
 */
public record Story(String callId, List<String> lines) {
    private static final int MOST = 20;

    private record Line(long atMs, String text) {}

    /** Of the calls that findings name, the first so many. */
    static List<Story> of(Evidence evidence, List<Finding> findings, List<Gap> gaps, long beganMs) {
        var named = findings.stream()
                .flatMap(finding -> finding.examples().stream())
                .map(example -> example.split(" ", 2)[0])
                .distinct()
                .toList();
        return evidence.callers().stream()
                .filter(caller -> named.contains(caller.callId()))
                .limit(MOST)
                .map(caller ->
                        tell(caller, evidence.sessions(), evidence.strikes(), gaps, moves(caller, evidence), beganMs))
                .toList();
    }

    /** Of a call whose caller nobody annoyed. @param sessions of the model, all that there were */
    public static Story of(ContinuityReport caller, List<SessionLog.Session> sessions, long beganMs) {
        return tell(caller, sessions, List.of(), List.of(), List.of(), beganMs);
    }

    private static Story tell(
            ContinuityReport caller,
            List<SessionLog.Session> sessions,
            List<Strike> strikes,
            List<Gap> gaps,
            List<Line> moves,
            long beganMs) {
        var lines = new ArrayList<>(moves);
        lines.add(new Line(caller.answeredAtMs(), "answered"));
        for (var one : caller.asked()) {
            lines.add(new Line(one.toMs() > 0 ? one.fromMs() : caller.answeredAtMs(), words(one)));
        }
        sessions.stream()
                .filter(session -> session.callId().equals(caller.callId()))
                .forEach(session -> {
                    lines.add(new Line(session.openedAtMs(), "model session " + session.number() + " opened"));
                    if (session.firstHeardMs() >= 0) {
                        lines.add(new Line(session.firstHeardMs(), "model session " + session.number() + " hears"));
                        lines.add(new Line(session.lastHeardMs(), "model session " + session.number() + " heard last"));
                    }
                    if (!session.open()) {
                        lines.add(new Line(session.closedAtMs(), "model session " + session.number() + " closed"));
                    }
                });
        caller.voices()
                .forEach(voice -> lines.add(new Line(voice.atMs(), "voice of model session " + voice.session())));
        caller.call().streams().forEach(stream -> {
            if (stream.openedAtMs() >= 0) {
                lines.add(new Line(stream.openedAtMs(), "stream opened"));
            }
            lines.add(new Line(stream.endedAtMs(), words(stream)));
        });
        gaps.stream()
                .filter(gap -> gap.callId().equals(caller.callId()))
                .forEach(gap -> lines.add(
                        new Line(gap.fromMs(), "not heard for " + gap.lengthMs() + " ms (" + gap.fault() + ")")));
        strikes.stream()
                .filter(strike -> strike.atMs() <= caller.endedAtMs() && strike.overMs() >= caller.answeredAtMs())
                .forEach(strike ->
                        lines.add(new Line(strike.atMs(), "FAULT " + strike.fault() + " " + strike.detail())));
        lines.add(new Line(
                caller.endedAtMs(),
                "ended: " + caller.call().status() + " by " + caller.call().endedBy()));
        var told = new ArrayList<>(lines.stream()
                .sorted(Comparator.comparingLong(Line::atMs))
                .map(line -> String.format(Locale.ROOT, "%8.3f %s", (line.atMs() - beganMs) / 1_000.0, line.text()))
                .toList());
        caller.call().incidents().forEach(incident -> told.add("incident " + incident.code() + " " + incident.text()));
        return new Story(caller.callId(), List.copyOf(told));
    }

    private static String words(Asked one) {
        return "asked " + one.question() + " (" + one.tries() + ") for " + Math.max(0, one.toMs() - one.fromMs())
                + " ms" + (one.unsentMs() > 0 ? " (" + one.unsentMs() + " ms into no stream)" : "")
                + ", first sound after " + one.soundMs() + " ms, longest silence " + one.silentMs() + " ms: "
                + one.outcome()
                + (one.numbers().isEmpty() ? "" : " " + one.numbers());
    }

    private static String words(CallReport.Stream stream) {
        var how = stream.brokeOff()
                ? "broke"
                : stream.closeCode() == 0 ? "ended" : "closed by our side with " + stream.closeCode();
        return "stream " + how + ": " + stream.framesSent() + " frames, " + stream.playedMs() + " ms played, "
                + stream.droppedMs() + " ms dropped";
    }

    private static List<Line> moves(ContinuityReport caller, Evidence evidence) {
        return evidence.lifecycleOf(caller).moves().stream()
                .map(move -> new Line(
                        evidence.momentOf(move.servedAt()),
                        "moved from " + move.fact().fromBridge() + " to "
                                + move.fact().toBridge() + ", " + move.fact().cause() + " for "
                                + move.fact().gapMs() + " ms"))
                .toList();
    }
}
