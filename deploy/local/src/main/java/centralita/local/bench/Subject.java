package centralita.local.bench;

import centralita.simulators.load.Entrance;
import java.util.List;
import java.util.Map;

/** What is measured: processes that relay between the load's callers and its model. */
interface Subject extends AutoCloseable {
    /** Short, unique in a run. */
    String name();

    Entrance entrance();

    /**
     * Its processes as they are now, by role: {@code gateway} and {@code bridge}, or {@code relay}. A role may have
     * several.
     */
    Map<String, List<Long>> processes();

    /** Whether its processes are JVMs that can be asked for their heap. */
    boolean jvm();

    /** @throws IllegalStateException when it is not alive any more, with what it said last */
    void check();

    /** Ends its processes. */
    @Override
    void close();
}
