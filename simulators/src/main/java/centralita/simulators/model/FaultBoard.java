package centralita.simulators.model;

import centralita.simulators.model.scenario.Fault;
import centralita.simulators.model.scenario.Scenario;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Faults and scenarios that were asked for while the stand-in runs. Belongs to its event loop. */
final class FaultBoard {
    private static final int MOST_WAITING = 1_000;

    /**
     * @param retryAfterSeconds of the answer's {@code Retry-After}; negative for none
     */
    record RefusedHandshakes(int status, int retryAfterSeconds) {}

    private final Queue<Fault> nextResponses = new ArrayDeque<>();
    private final Queue<Scenario> nextSessions = new ArrayDeque<>();
    private int refusalsLeft;
    private RefusedHandshakes refusal = new RefusedHandshakes(503, -1);
    private Scenario defaultScenario;

    FaultBoard(Scenario defaultScenario) {
        this.defaultScenario = defaultScenario;
    }

    void refuseNext(int count, RefusedHandshakes how) {
        refusalsLeft = count;
        refusal = how;
    }

    Optional<RefusedHandshakes> refusesThisHandshake() {
        if (refusalsLeft == 0) {
            return Optional.empty();
        }
        refusalsLeft--;
        return Optional.of(refusal);
    }

    /** @throws IllegalArgumentException when a thousand wait already */
    void nextResponse(Fault fault) {
        refuseIfFull(nextResponses.size());
        nextResponses.add(fault);
    }

    /** The fault that was asked for this response, once. */
    @Nullable
    Fault takeForResponse() {
        return nextResponses.poll();
    }

    /** @throws IllegalArgumentException when a thousand wait already */
    void nextSession(Scenario scenario) {
        refuseIfFull(nextSessions.size());
        nextSessions.add(scenario);
    }

    void everySession(Scenario scenario) {
        defaultScenario = scenario;
    }

    Scenario takeForSession() {
        var next = nextSessions.poll();
        return next == null ? defaultScenario : next;
    }

    void clear() {
        nextResponses.clear();
        nextSessions.clear();
        refusalsLeft = 0;
    }

    private static void refuseIfFull(int waiting) {
        if (waiting >= MOST_WAITING) {
            throw new IllegalArgumentException("too many wait already");
        }
    }
}
