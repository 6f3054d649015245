package centralita.bridge.pool;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready unless draining. Redis away is no reason: gateways keep the last pool that they knew. */
@Readiness
@ApplicationScoped
class BridgeReadiness implements HealthCheck {
    private final PoolMember member;
    private final Heartbeat heartbeat;

    BridgeReadiness(PoolMember member, Heartbeat heartbeat) {
        this.member = member;
        this.heartbeat = heartbeat;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("bridge")
                .status(!member.draining())
                .withData("bridgeId", member.bridgeId())
                .withData("draining", member.draining())
                .withData("poolReached", !heartbeat.away())
                .build();
    }
}
