package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.names.HostNames;
import centralita.simulators.names.ResolverStandIn;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** F-R8: a resolver that answers nobody. */
@QuarkusTest
@WithTestResource(NamedProviders.class)
class ResolverAwayIT extends WholeBridge {
    /** Less than a lookup waits for the resolver. */
    private static final Duration SOON = Duration.ofSeconds(3);

    TwoProviders.Second second;

    @AfterEach
    void theResolverIsBack() {
        ResolverStandIn.hang(false);
    }

    @Test
    void aProviderWhoseNameIsKnownIsFoundAllTheSame() {
        // Given
        answer();
        awaitGreeted();

        // When
        ResolverStandIn.hang(true);
        model.dropSessions(callId.toString());
        hear("hello");

        // Then
        awaitHeard(lengthMs("greeting") + lengthMs("happy-to-help") - 40);
        assertThat(model.sessions(callId.toString())).hasSize(2);
        assertThat(second.standIn().sessions(callId.toString())).isEmpty();
    }

    @Test
    void aNameThatNobodyKnowsYetHoldsUpNoOtherCall() {
        // Given: the first provider is known and refuses, the other one was never looked up
        HostNames.ready(NamedProviders.FIRST).toCompletableFuture().join();
        ResolverStandIn.hang(true);
        model.refuseNextHandshakes(1_000, 503, -1);
        answer();
        await().atMost(PATIENCE).until(() -> ResolverStandIn.wasAsked(NamedProviders.SECOND));

        // When
        var free = new CompletableFuture<Void>();
        loop.soon(() -> free.complete(null));

        // Then
        await().atMost(SOON).until(free::isDone);

        // When
        ResolverStandIn.hang(false);
        model.refuseNextHandshakes(0, 503, -1);

        // Then
        awaitGreeted();
    }
}
