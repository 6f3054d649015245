package centralita.bridge;

import centralita.simulators.model.ModelStandIn;
import java.util.HashMap;
import java.util.Map;

/** A second model stand-in, reached as Azure's preview is: other address, other header, the beta dialect. */
public class TwoProviders extends ModelStandInResource {
    /** The second stand-in, in a type of its own so that it is not taken for the first. */
    public record Second(ModelStandIn standIn) {}

    private ModelStandIn second;

    @Override
    public Map<String, String> start() {
        second = ModelStandIn.start();
        var azure = "bridge.model.providers.azure.";
        var settings = new HashMap<>(super.start());
        settings.putAll(Map.of(
                azure + "url",
                "ws://127.0.0.1:" + second.port() + "/openai/realtime",
                azure + "key",
                "azure-key",
                azure + "auth",
                "api-key",
                azure + "dialect",
                "beta",
                azure + "model",
                "our-deployment",
                azure + "model-parameter",
                "deployment",
                azure + "query.api-version",
                "2025-04-01-preview",
                azure + "transcription-model",
                "whisper-1",
                "bridge.model.order",
                "openai,azure",
                "bridge.model.breaker.rest",
                "200MS"));
        // The gateway of these tests speaks several times as fast as a caller.
        settings.put("bridge.session.kept-audio", "60S");
        // What one test refuses must not open the breaker for the next one.
        settings.put("bridge.model.breaker.enough", "1000");
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        super.inject(injector);
        injector.injectIntoFields(new Second(second), new TestInjector.MatchesType(Second.class));
    }

    @Override
    public void stop() {
        second.close();
        super.stop();
    }
}
