package centralita.bridge.openai;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** What is counted of the model's sockets. Tags have few values, whatever a server sends. */
@Singleton
public final class OpenAiMeters {
    private static final int KINDS = 200;

    private final MeterRegistry registry;
    private final Map<String, Counter> byName = new HashMap<>();

    public OpenAiMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param reason of a few fixed words */
    void closed(String reason) {
        count("model.sessions.closed", "reason", reason);
    }

    /** An event that changes nothing. @param known whether its name is one of the reference */
    void ignored(boolean known) {
        count("model.events.ignored", "known", Boolean.toString(known));
    }

    /** @param what {@code json}, {@code base64}, {@code binary}, {@code long} */
    void malformed(String what) {
        count("model.events.malformed", "what", what);
    }

    /** @param kind of the error's class */
    void complained(String kind) {
        count("model.errors", "kind", kind);
    }

    private synchronized void count(String name, String tag, String value) {
        // A peer may invent names for ever; a meter may not.
        var told = byName.containsKey(name + value) || byName.size() < KINDS ? value : "other";
        byName.computeIfAbsent(
                        name + told, _ -> Counter.builder(name).tag(tag, told).register(registry))
                .increment();
    }
}
