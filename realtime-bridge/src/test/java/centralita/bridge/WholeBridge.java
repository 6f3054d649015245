package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.LinkControl;
import centralita.bridge.session.Calls;
import centralita.bridge.session.MediaLoop;
import centralita.contracts.id.UuidV7;
import centralita.simulators.model.ModelStandIn;
import centralita.simulators.model.scenario.Scenarios;
import centralita.simulators.speech.Clips;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A new call on the running bridge for every test; after each, no call may be left. */
abstract class WholeBridge {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<TestGateway> gateways = new ArrayList<>();

    ModelStandIn model;
    OracleTap tap;

    @TestHTTPResource
    URI http;

    @Inject
    RedisDataSource redis;

    @Inject
    Calls calls;

    @Inject
    MediaLoop loop;

    UUID callId;
    TestGateway gateway;

    @BeforeEach
    void connect() {
        model.everySession(Scenarios.named("receptionist"));
        // A test that failed may have left it refusing.
        model.refuseNextHandshakes(0, 503, -1);
        callId = UuidV7.next();
        gateway = anotherGateway();
    }

    /** Whatever a test has done, nothing is left of its calls (I7, F-O10), and the vendor would have refused nothing. */
    @AfterEach
    void nothingIsLeftAndNothingWasRefused() {
        gateways.forEach(one -> one.detach("stopped"));
        loop.soon(() -> calls.letGoOfAll());
        await().atMost(PATIENCE).until(() -> calls.active() + calls.reserved() == 0);
        gateways.forEach(TestGateway::close);
        await().atMost(PATIENCE)
                .until(() ->
                        model.sessions(callId.toString()).stream().allMatch(session -> session.closedAt() != null));
        assertThat(tap.refused()).isEmpty();
    }

    TestGateway anotherGateway() {
        var another = new TestGateway(http.getPort(), "a-secret-for-the-tests", gateways.size() + 1);
        gateways.add(another);
        return another;
    }

    /** The call is prepared and its caller is on the line. */
    void answer() {
        gateway.prepare(Samples.prepare(callId, 1));
        gateway.attach(new LinkControl.Attach(callId, 1, "MZ1", 1));
    }

    void hear(String clip) {
        gateway.say(Clips.recorded().get("en", clip).mulaw());
    }

    static int lengthMs(String clip) {
        return Clips.recorded().get("en", clip).lengthMs();
    }

    void awaitHeard(long ms) {
        await().atMost(PATIENCE).until(() -> gateway.heardTotalMs() >= ms);
    }

    void awaitGreeted() {
        awaitHeard(lengthMs("greeting") - 20);
    }
}
