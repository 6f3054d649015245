package centralita.bridge.pool;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready unless draining. Redis away is no reason: gateways keep the last pool that they knew. Needs no worker thread: all of
 * them may be blocked (F-P5).
 */
@Readiness
@ApplicationScoped
class BridgeReadiness implements AsyncHealthCheck {
    private final PoolMember member;
    private final Heartbeat heartbeat;

    BridgeReadiness(PoolMember member, Heartbeat heartbeat) {
        this.member = member;
        this.heartbeat = heartbeat;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::now);
    }

    private HealthCheckResponse now() {
        return HealthCheckResponse.named("bridge")
                .status(!member.draining())
                .withData("bridgeId", member.bridgeId())
                .withData("draining", member.draining())
                .withData("poolReached", !heartbeat.away())
                .build();
    }
}
