package centralita.bridge;

import centralita.oracles.OpenAiOracle;
import centralita.simulators.model.ModelStandIn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A model stand-in behind a tap that knows what the vendor would refuse. */
public class ModelStandInResource implements QuarkusTestResourceLifecycleManager {
    private ModelStandIn model;
    private OracleTap tap;

    @Override
    public Map<String, String> start() {
        // Loads what the tap judges with, which would otherwise hold up the first words of the first call.
        OpenAiOracle.assertClientEvent("{\"type\":\"response.cancel\"}");
        model = ModelStandIn.start();
        tap = new OracleTap(model.realtimeUrl());
        return Map.of("bridge.openai.realtime-url", tap.url().toString());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(model, new TestInjector.MatchesType(ModelStandIn.class));
        injector.injectIntoFields(tap, new TestInjector.MatchesType(OracleTap.class));
    }

    @Override
    public void stop() {
        tap.close();
        model.close();
    }
}
