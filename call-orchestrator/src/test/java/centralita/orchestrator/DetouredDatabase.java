package centralita.orchestrator;

import centralita.embedded.DatabaseDetour;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** An orchestrator that reaches its database by way of a {@link DatabaseDetour}; tests and migrations do not. */
public final class DetouredDatabase implements QuarkusTestResourceLifecycleManager {
    private static final String URL = "quarkus.datasource.reactive.url";

    private String straight;
    private DatabaseDetour detour;

    @Override
    public Map<String, String> start() {
        straight = System.getProperty(URL);
        detour = DatabaseDetour.to(straight);
        // The address of the tests' server is a system property, which is above what a resource returns.
        System.setProperty(URL, detour.url(straight));
        return Map.of(
                "orchestrator.outbox.relay-every", "200ms",
                // Its statements are none of these tests'.
                "orchestrator.reconcile.every", "1h");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(detour, field -> field.getType() == DatabaseDetour.class);
    }

    @Override
    public void stop() {
        if (detour != null) {
            System.setProperty(URL, straight);
            detour.close();
        }
    }
}
