package centralita.gateway.pool;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the pool of bridges was seen. Redis being away later is no reason to send callers elsewhere. Needs no
 * worker thread: all of them may be blocked (F-P5).
 */
@Readiness
@Singleton
class PoolReadiness implements AsyncHealthCheck {
    private final BridgePool pool;

    PoolReadiness(BridgePool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() -> HealthCheckResponse.named("pool of bridges")
                        .status(pool.known())
                        .build());
    }
}
