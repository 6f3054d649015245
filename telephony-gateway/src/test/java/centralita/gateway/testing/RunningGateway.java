package centralita.gateway.testing;

import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What stands around the gateway in most tests: a real Redis that knows one assistant, and a scripted provider and bridge
 * on real sockets. {@code @QuarkusTest} stands at the test, so that each may have its profile.
 */
public abstract class RunningGateway {
    static {
        // Waiting long costs time only where something is wrong.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @Inject
    protected RedisDataSource redis;

    @Inject
    protected RecordedEvents events;

    protected Provider provider;
    protected ScriptedBridge bridge;
    protected final String bridgeId = "bridge-" + UUID.randomUUID();

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @BeforeEach
    void begin() {
        provider = Provider.here();
        Assistants.answerAllCalls(redis);
        bridge = ScriptedBridge.start(bridgeId, redis);
        bridge.awaitLink();
    }

    @AfterEach
    void end() {
        try {
            calls.forEach(provider::hangUp);
        } finally {
            bridge.close();
            provider.close();
        }
    }

    /** The id of a call that is over when the test is. */
    protected String newCall() {
        var callSid = Provider.newCallSid();
        calls.add(callSid);
        return callSid;
    }
}
