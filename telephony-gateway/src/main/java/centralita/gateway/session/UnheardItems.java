package centralita.gateway.session;

import java.util.ArrayDeque;

/**
 * Items of the assistant that were begun and are not over for the caller, and how much of his audio each answers: what a
 * bridge that takes over need not hear again. Pure. Not thread-safe: one to a session, on its event loop.
 */
final class UnheardItems {
    private final ArrayDeque<Begun> begun = new ArrayDeque<>();

    /** @param frame of the caller's that came next */
    private record Begun(int item, long frame) {}

    /**
     * Audio of an item has come. Only its first counts.
     *
     * @param item numbers grow
     * @param nextFrame number of the caller's next frame: the item answers what was said before it
     */
    void plays(int item, long nextFrame) {
        if (begun.isEmpty() || begun.getLast().item() < item) {
            begun.add(new Begun(item, nextFrame));
        }
    }

    /**
     * The items up to this one were heard to their end.
     *
     * @return the caller's frame before which all is answered; 0 when these items tell nothing new
     */
    long over(int item) {
        var answeredBefore = 0L;
        while (!begun.isEmpty() && begun.getFirst().item() <= item) {
            answeredBefore = begun.removeFirst().frame();
        }
        return answeredBefore;
    }

    /** All that was begun is over, heard to its end or not. @return as {@link #over} */
    long cleared() {
        return over(Integer.MAX_VALUE);
    }

    /** What was begun is never told to its end: what it answers stays unanswered. */
    void forget() {
        begun.clear();
    }
}
