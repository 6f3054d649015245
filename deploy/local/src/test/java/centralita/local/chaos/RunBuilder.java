package centralita.local.chaos;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.simulators.continuity.Asked;
import centralita.simulators.continuity.ContinuityReport;
import centralita.simulators.continuity.HeardVoice;
import centralita.simulators.continuity.Question;
import centralita.simulators.continuity.SessionLog;
import centralita.simulators.twilio.CallReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A run of one call in which all is well, until a test says otherwise. */
final class RunBuilder {
    static final String CALL = "01a206a6-0000-7000-8000-000000000001";
    static final long ANSWERED_MS = 10_000;
    static final long ENDED_MS = 40_000;
    static final long SAID_MS = 1_500;
    private static final Instant END = Instant.parse("2026-11-23T10:00:40Z");
    private static final long ASKED_AT_MS = 200_000;

    final List<Asked> asked = new ArrayList<>();
    final List<HeardVoice> voices = new ArrayList<>(List.of(new HeardVoice(1, 10_500)));
    final List<SessionLog.Session> sessions = new ArrayList<>();
    final List<Instant> ends = new ArrayList<>(List.of(END.plusMillis(300)));
    final List<CallReport.Incident> incidents = new ArrayList<>();
    final List<CallReport.Stream> streams = new ArrayList<>();
    final List<LifecycleLog.Move> moves = new ArrayList<>();
    final BitSet sent = new BitSet();
    final BitSet heard = new BitSet();
    CallReport.EndedBy endedBy = CallReport.EndedBy.TWIML;
    String status = "completed";
    EndReason endReason = EndReason.ASSISTANT_HUNG_UP;
    boolean finished = true;
    int greetings = 1;
    int crossedAtCaller;
    int strangersAtModel;
    int stuck;
    long events = 20;
    long applied = 20;
    long leaks;
    Set<Integer> endedByPlatform = Set.of();

    RunBuilder() {
        say(Question.TIME, 15_000, Asked.Outcome.ANSWERED, List.of(14, 5));
        say(Question.CODE_WORD, 20_000, Asked.Outcome.ANSWERED, List.of());
        say(Question.WORD_AGAIN, 28_000, Asked.Outcome.ANSWERED, List.of());
        say(Question.TIME_AGAIN, 32_000, Asked.Outcome.ANSWERED, List.of(14, 5));
        session(1, 9_000, 10_100, 39_900, 40_100, List.of());
        sent.set(0, 1_000);
        heard.set(0, 1_000);
    }

    RunBuilder say(Question question, long atMs, Asked.Outcome outcome, List<Integer> numbers) {
        return say(question, atMs, SAID_MS, outcome, numbers);
    }

    /** @param sentMs of what is said, what goes into a stream */
    RunBuilder say(Question question, long atMs, long sentMs, Asked.Outcome outcome, List<Integer> numbers) {
        asked.removeIf(one -> one.question() == question);
        asked.add(new Asked(question, 1, atMs, atMs + SAID_MS, SAID_MS, sentMs, 600, 600, outcome, numbers));
        return this;
    }

    /** The caller waits for an answer, which comes at last. */
    RunBuilder silence(Question question, long atMs, long sentMs, long silentMs) {
        asked.removeIf(one -> one.question() == question);
        asked.add(new Asked(
                question,
                1,
                atMs,
                atMs + SAID_MS,
                SAID_MS,
                sentMs,
                silentMs,
                silentMs,
                Asked.Outcome.ANSWERED,
                List.of()));
        return this;
    }

    RunBuilder session(
            int number, long opened, long firstHeard, long lastHeard, long closed, List<SessionLog.Pause> pauses) {
        sessions.removeIf(one -> one.number() == number);
        sessions.add(new SessionLog.Session(number, CALL, opened, firstHeard, lastHeard, closed, pauses));
        return this;
    }

    /** @param servedAtMs when the other bridge had the call */
    RunBuilder moved(String cause, long servedAtMs, long gapMs) {
        var fact = new CallFact.Moved("bridge-1", "bridge-2", cause, 7, gapMs);
        moves.add(new LifecycleLog.Move(END.minusMillis(ENDED_MS - servedAtMs), fact));
        return this;
    }

    /** @param closeCode 1006 for none, 0 when the call ended */
    RunBuilder streamEnded(long atMs, int closeCode) {
        streams.add(new CallReport.Stream("MZ" + streams.size(), ANSWERED_MS, atMs, closeCode, 100, 0, 0, 0, 0));
        return this;
    }

    RunBuilder streamOpened(long atMs) {
        streams.add(new CallReport.Stream("MZ" + streams.size(), atMs, ENDED_MS, 0, 100, 0, 0, 0, 0));
        return this;
    }

    /** A gap of one session. */
    RunBuilder notHeard(long fromMs, long toMs) {
        return session(1, 9_000, 10_100, 39_900, 40_100, List.of(new SessionLog.Pause(fromMs, toMs)));
    }

    Evidence evidence(Strike... strikes) {
        var call = new CallReport(
                "CA1",
                "+12015550000",
                "+15005550006",
                status,
                endedBy,
                Duration.ofSeconds(30),
                incidents,
                List.of(),
                streams);
        var caller = new ContinuityReport(
                0, CALL, call, ANSWERED_MS, ENDED_MS, finished, greetings, asked, voices, crossedAtCaller, sent);
        Map<UUID, LifecycleLog.Call> lifecycle = new HashMap<>();
        lifecycle.put(
                UUID.fromString(CALL),
                new LifecycleLog.Call(
                        ends,
                        ends.stream()
                                .map(_ -> new CallFact.Ended(Outcome.COMPLETED, endReason, 30_000))
                                .toList(),
                        List.of(),
                        moves,
                        List.of()));
        return new Evidence(
                List.of(caller),
                stuck,
                endedByPlatform,
                sessions,
                Map.of(CALL, new SessionLog.Heard(heard, strangersAtModel)),
                List.of(strikes),
                lifecycle,
                events,
                applied,
                0,
                leaks,
                ASKED_AT_MS,
                END.plusMillis(ASKED_AT_MS - ENDED_MS));
    }

    /** Rules that do not hold. */
    List<String> violated(Strike... strikes) {
        return findings(strikes).stream()
                .filter(finding -> !finding.holds())
                .map(Finding::rule)
                .toList();
    }

    Finding finding(String rule, Strike... strikes) {
        return findings(strikes).stream()
                .filter(finding -> finding.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private List<Finding> findings(Strike... strikes) {
        var evidence = evidence(strikes);
        return Invariants.judge(evidence, Gap.of(evidence.sessions(), evidence.callers(), evidence.strikes()));
    }
}
