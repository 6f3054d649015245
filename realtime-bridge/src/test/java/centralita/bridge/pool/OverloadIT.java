package centralita.bridge.pool;

import static org.awaitility.Awaitility.await;

import centralita.bridge.ModelStandInResource;
import centralita.bridge.session.MediaLoop;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** F-R6: a bridge that has more to do than it can tells the pool. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class OverloadIT {
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @Inject
    MediaLoop loop;

    @Inject
    PoolMember member;

    @Inject
    RedisDataSource redis;

    @Test
    void aBridgeWhoseLoopIsLateSaysSoStaysReadyAndRecovers() {
        // Given
        await().atMost(RECOVERY).until(() -> "ready".equals(state()));
        var busy = new AtomicBoolean(true);
        try {
            // When
            loop.after(1, () -> keepBusy(busy));

            // Then
            await().atMost(RECOVERY).until(() -> "strained".equals(state()));
            for (var probe : new String[] {"live", "ready"}) {
                RestAssured.get("/q/health/" + probe).then().statusCode(200);
            }
        } finally {
            busy.set(false);
            // Also for the tests that follow in this process.
            await().atMost(RECOVERY).until(() -> "ready".equals(state()));
        }
    }

    private String state() {
        return redis.hash(String.class).hget(LiveKeys.bridge(member.bridgeId()), "state");
    }

    /** The load itself, and not a wait for anything: hardly ever idle, and half a second passes until whoever waits has his turn. */
    private void keepBusy(AtomicBoolean busy) {
        if (busy.get()) {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            loop.after(1, () -> keepBusy(busy));
        }
    }
}
