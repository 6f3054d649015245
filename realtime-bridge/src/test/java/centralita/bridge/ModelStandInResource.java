package centralita.bridge;

import centralita.oracles.OpenAiOracle;
import centralita.simulators.model.ModelStandIn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.Map;

/**
 * A model stand-in behind a tap that knows what the vendor would refuse, and an empty Redis: the tests before may have
 * left word there of a provider that does not answer, which would hold for this one, too.
 */
public class ModelStandInResource implements QuarkusTestResourceLifecycleManager {
    private ModelStandIn model;
    private OracleTap tap;

    @Override
    public Map<String, String> start() {
        emptyRedis();
        // Loads what the tap judges with, which would otherwise hold up the first words of the first call.
        OpenAiOracle.assertClientEvent("{\"type\":\"response.cancel\"}");
        model = ModelStandIn.start();
        tap = new OracleTap(model.realtimeUrl());
        return Map.of("bridge.openai.realtime-url", tap.url().toString());
    }

    private static void emptyRedis() {
        var vertx = Vertx.vertx();
        var redis = Redis.createClient(vertx, System.getProperty("quarkus.redis.hosts"));
        try {
            redis.send(Request.cmd(Command.FLUSHALL))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } finally {
            redis.close();
            vertx.close();
        }
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
