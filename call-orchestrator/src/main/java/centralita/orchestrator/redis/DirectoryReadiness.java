package centralita.orchestrator.redis;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the first assistants are stored and gateways were told of them, or that could not be done in time: who asks
 * right after the start finds them.
 */
@Readiness
@ApplicationScoped
class DirectoryReadiness implements AsyncHealthCheck {
    private final DirectoryPublication publication;

    DirectoryReadiness(DirectoryPublication publication) {
        this.publication = publication;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() -> HealthCheckResponse.named("assistants and numbers")
                        .status(publication.tried())
                        .build());
    }
}
