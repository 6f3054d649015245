package centralita.gateway.pool;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the pool of bridges was seen. Redis being away later is no reason to send callers elsewhere. */
@Readiness
@Singleton
class PoolReadiness implements HealthCheck {
    private final BridgePool pool;

    PoolReadiness(BridgePool pool) {
        this.pool = pool;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("pool of bridges").status(pool.known()).build();
    }
}
