package centralita.local.chaos;

import centralita.local.machine.Lateness;
import centralita.local.machine.Machine;
import centralita.local.suite.JvmSettings;
import centralita.local.suite.Progress;
import centralita.simulators.continuity.ContinuityReport;
import centralita.simulators.continuity.SessionLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One run: callers, faults, and the judgement, on a suite of its own. {@link #perform()} blocks; another thread may
 * {@link #stop()} it.
 */
public final class ChaosRun implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Half of the callers are on the line before the first fault; on a slow machine fewer. */
    private static final Duration FILL_UP = Duration.ofSeconds(30);

    private static final Duration CALLS_END = Duration.ofMinutes(5);
    /** I4 allows two minutes. */
    private static final Duration TERMINAL_EVENTS = Duration.ofSeconds(125);

    private static final Duration FACTS_APPLIED = Duration.ofSeconds(40);

    private final ChaosOrder order;
    private final Progress progress;
    private final ChaosSuite stage;
    private final Traffic traffic;
    private final Arena arena;
    private final List<Strike> strikes = new ArrayList<>();
    private volatile boolean stopped;

    private ChaosRun(ChaosOrder order, Progress progress, ChaosSuite stage) {
        this.order = order;
        this.progress = progress;
        this.stage = stage;
        traffic = new Traffic(
                stage.twilio(),
                new Traffic.Order(
                        order.calls(),
                        order.concurrent(),
                        order.talk(),
                        order.callsPerSecond(),
                        order.platformEnds(),
                        order.seed()));
        arena = new Arena(stage.suite(), stage.models(), stage.detours(), traffic);
    }

    /**
     * Starts a suite; nobody calls yet.
     *
     * @param repository folder of the sources, where the services are built
     */
    public static ChaosRun prepare(ChaosOrder order, Path repository, Progress progress) {
        return prepare(order, repository, JvmSettings.quickStart(), progress);
    }

    /** The same. @param jvm of the services */
    public static ChaosRun prepare(ChaosOrder order, Path repository, JvmSettings jvm, Progress progress) {
        return new ChaosRun(order, progress, ChaosSuite.start(order, repository, jvm, progress));
    }

    /** Everything that was ordered, and what came of it. */
    public ChaosReport perform() {
        try (var lateness = new Lateness()) {
            return perform(lateness);
        }
    }

    private ChaosReport perform(Lateness lateness) {
        long beganMs = Arena.nowMs();
        traffic.begin();
        await(FILL_UP, () -> traffic.live() >= order.concurrent() / 2 || traffic.over());
        if (!order.faults().isEmpty()) {
            strikeUntilOver(beganMs);
        }
        var longest = order.limit().orElse(Duration.ofHours(12));
        await(longest, () -> traffic.over() || Arena.nowMs() - beganMs > longest.toMillis());
        traffic.stop();
        progress.step("Waiting until all calls are over ...");
        await(CALLS_END, traffic::over);
        return ChaosReport.of(Machine.here(), lateness.atShareMs(0.99), settings(), evidence(), beganMs);
    }

    private void strikeUntilOver(long beganMs) {
        var plan = new ChaosPlan(
                order.seed(), order.kinds(), order.bridges(), order.gateways(), order.leastPeace(), order.mostPeace());
        while (!over(beganMs)) {
            var next = plan.next();
            if (await(next.peace(), () -> over(beganMs))) {
                return;
            }
            var strike = arena.carryOut(next.fault());
            strikes.add(strike);
            progress.step("%6.1f s  %-15s %s, %d calls live, healed after %.1f s%s; %d calls done"
                    .formatted(
                            (strike.atMs() - beganMs) / 1_000.0,
                            strike.fault(),
                            strike.detail(),
                            strike.liveCalls(),
                            (strike.overMs() - strike.atMs()) / 1_000.0,
                            strike.note().isEmpty() ? "" : ", " + strike.note(),
                            traffic.reports().size()));
        }
    }

    /** Whether there are not many left to annoy: the last calls end in peace, so that a fault's healing is seen. */
    private boolean over(long beganMs) {
        return stopped
                || traffic.allPlaced() && traffic.live() < (order.concurrent() + 1) / 2
                || order.limit()
                        .filter(limit -> Arena.nowMs() - beganMs > limit.toMillis())
                        .isPresent();
    }

    /** Events of the topic, and those of them that are in the read model. */
    private record Facts(long told, long applied) {
        boolean agree() {
            return told == applied;
        }
    }

    /** What is judged is what was compared: an event that comes later is in neither number. */
    private Facts awaitFacts() {
        long until = Arena.nowMs() + FACTS_APPLIED.toMillis();
        var facts = countFacts();
        while (!facts.agree() && !stopped && Arena.nowMs() < until) {
            arena.wait(POLL);
            facts = countFacts();
        }
        return facts;
    }

    private Facts countFacts() {
        return new Facts(stage.lifecycle().distinctEvents(), stage.appliedEvents());
    }

    private Evidence evidence() {
        var callers = traffic.reports();
        Set<UUID> callIds = callers.stream()
                .map(ContinuityReport::callId)
                .filter(callId -> !callId.isEmpty())
                .map(UUID::fromString)
                .collect(Collectors.toSet());
        progress.step("Waiting for the last events ...");
        await(
                TERMINAL_EVENTS,
                () -> stage.lifecycle().allEnded(callIds) && stage.sessions().open() == 0);
        var facts = awaitFacts();
        Map<String, SessionLog.Heard> heard = new HashMap<>();
        callers.forEach(caller -> heard.put(caller.callId(), stage.sessions().heard(caller.callId())));
        return new Evidence(
                callers,
                traffic.lost() + traffic.live(),
                traffic.endedByPlatform(),
                stage.sessions().sessions(),
                heard,
                List.copyOf(strikes),
                stage.lifecycle().calls(),
                facts.told,
                facts.applied,
                stage.lifecycle().unreadable(),
                stage.leaks(),
                Arena.nowMs(),
                Instant.now());
    }

    private ChaosReport.Settings settings() {
        return new ChaosReport.Settings(
                order.seed(),
                order.calls(),
                order.concurrent(),
                (int) order.talk().toSeconds(),
                order.bridges(),
                order.gateways(),
                order.faults());
    }

    /** @return whether it became true within the limit */
    private boolean await(Duration limit, BooleanSupplier condition) {
        long until = Arena.nowMs() + limit.toMillis();
        while (!condition.getAsBoolean()) {
            if (stopped || Arena.nowMs() >= until) {
                return condition.getAsBoolean();
            }
            arena.wait(POLL);
        }
        return true;
    }

    /** Ends the run early: what is known until then is judged. */
    public void stop() {
        stopped = true;
        traffic.stop();
    }

    @Override
    public void close() {
        traffic.close();
        stage.close();
    }
}
