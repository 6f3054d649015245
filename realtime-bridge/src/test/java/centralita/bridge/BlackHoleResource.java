package centralita.bridge;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A model stand-in behind a network that may swallow what it carries. */
public class BlackHoleResource extends ModelStandInResource {
    private BlackHole hole;

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(super.start());
        hole = new BlackHole(URI.create(settings.get("bridge.openai.realtime-url")));
        settings.put("bridge.openai.realtime-url", hole.url().toString());
        // The gateway of these tests speaks several times as fast as a caller.
        settings.put("bridge.session.kept-audio", "60S");
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        super.inject(injector);
        injector.injectIntoFields(hole, new TestInjector.MatchesType(BlackHole.class));
    }

    @Override
    public void stop() {
        hole.close();
        super.stop();
    }
}
