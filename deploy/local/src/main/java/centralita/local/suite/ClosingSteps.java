package centralita.local.suite;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What is to be closed, the last that began first. Thread-safe: one thread may close while another still begins things. */
final class ClosingSteps {
    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean closed;

    private record Step(String what, Runnable close) {}

    /**
     * Something has begun. If all has been closed meanwhile, it is closed at once.
     *
     * @throws LaunchException in that case
     */
    void began(String what, Runnable close) {
        synchronized (steps) {
            if (!closed) {
                steps.push(new Step(what, close));
                return;
            }
        }
        close.run();
        throw new LaunchException("The start was interrupted.");
    }

    /** Closes everything, also after one of them failed. A second time does nothing. @return what failed last */
    Optional<LaunchException> close() {
        List<Step> open;
        synchronized (steps) {
            if (closed) {
                return Optional.empty();
            }
            closed = true;
            open = List.copyOf(steps);
        }
        Optional<LaunchException> failure = Optional.empty();
        for (var step : open) {
            try {
                step.close().run();
            } catch (RuntimeException e) {
                failure = Optional.of(new LaunchException(
                        "Stopping: the " + step.what() + " did not end well (" + e.getMessage() + ").", e));
            }
        }
        return failure;
    }
}
