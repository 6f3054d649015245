package centralita.bridge.breaker;

import java.util.ArrayList;
import java.util.List;

/** Outcomes of the last ten seconds, by second, the oldest first. */
record Window(List<Second> seconds) {
    static final Window EMPTY = new Window(List.of());
    private static final int LENGTH_S = 10;

    record Second(long second, int good, int bad) {}

    Window with(long nowMs, int good, int bad) {
        var now = nowMs / 1_000;
        var next = new ArrayList<Second>(LENGTH_S);
        var current = new Second(now, good, bad);
        for (var one : seconds) {
            if (one.second() == now) {
                current = new Second(now, one.good() + good, one.bad() + bad);
            } else if (one.second() > now - LENGTH_S) {
                next.add(one);
            }
        }
        next.add(current);
        return new Window(List.copyOf(next));
    }

    int bad() {
        return seconds.stream().mapToInt(Second::bad).sum();
    }

    int total() {
        return seconds.stream().mapToInt(one -> one.good() + one.bad()).sum();
    }
}
