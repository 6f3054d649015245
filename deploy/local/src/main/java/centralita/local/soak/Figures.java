package centralita.local.soak;

import centralita.local.chaos.ChaosSuite;
import centralita.local.machine.HeapFigures;
import centralita.local.machine.ProcessFigures;
import centralita.local.suite.RunningService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is looked at: each service's heap after a collection, file descriptors and threads; Redis; the model's sessions. */
final class Figures {
    private static final double MIB = 1024 * 1024;
    private static final String HEAP = " heap MiB";
    private static final String DESCRIPTORS = " file descriptors";
    private static final String THREADS = " threads";
    private static final String SESSIONS = "open model sessions";
    private static final String KEYS = "Redis keys that never expire";
    private static final String KEYS_PER_CALL = "Redis keys per call that has begun";

    private Figures() {}

    /** @param calls that have begun until now; keys of calls that are over live on for hours, by design */
    static Map<String, Double> of(ChaosSuite suite, int calls) {
        var figures = new TreeMap<String, Double>();
        for (RunningService service : suite.suite().services()) {
            HeapFigures.live(List.of(service.pid()))
                    .ifPresent(bytes -> figures.put(service.name() + HEAP, bytes / MIB));
            ProcessFigures.openFiles(service.pid())
                    .ifPresent(files -> figures.put(service.name() + DESCRIPTORS, (double) files));
            ProcessFigures.threads(service.pid())
                    .ifPresent(threads -> figures.put(service.name() + THREADS, (double) threads));
        }
        figures.put(SESSIONS, (double) suite.sessions().open());
        var keys = RedisKeys.count(suite.suite().infrastructure().redisHosts());
        figures.put(KEYS, (double) keys.lasting());
        if (calls > 0) {
            figures.put(KEYS_PER_CALL, (double) keys.all() / calls);
        }
        return figures;
    }

    /** What comes and goes by itself: a chunk of a buffer pool, a connection more, calls that happen to overlap. */
    static double toleratedGrowth(String figure) {
        if (figure.endsWith(HEAP)) {
            return 4;
        }
        if (figure.endsWith(DESCRIPTORS)) {
            return 10;
        }
        if (figure.endsWith(THREADS)) {
            return 4;
        }
        return switch (figure) {
            case SESSIONS -> 10;
            case KEYS_PER_CALL -> 0.5;
            default -> 2;
        };
    }
}
