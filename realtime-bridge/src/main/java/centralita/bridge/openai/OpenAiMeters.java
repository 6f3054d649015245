package centralita.bridge.openai;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
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

    /** @param provider a configured one @param reason of a few fixed words */
    void closed(String provider, String reason) {
        count("model.sessions.closed", "reason", reason, Tags.of("provider", provider));
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

    private void count(String name, String tag, String value) {
        count(name, tag, value, Tags.empty());
    }

    private synchronized void count(String name, String tag, String value, Tags more) {
        // A peer may invent names for ever; a meter may not.
        var key = name + more + value;
        var told = byName.containsKey(key) || byName.size() < KINDS ? value : "other";
        byName.computeIfAbsent(
                        name + more + told,
                        _ -> Counter.builder(name).tag(tag, told).tags(more).register(registry))
                .increment();
    }
}
