package centralita.gateway.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** People answer on a line of their own, who finds no room may leave a message, and one caller has two calls at a time. */
public final class LadderSettings implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "gateway.come-back-ms", "30000",
                "gateway.ladder.human-line", "+15005550007",
                "gateway.ladder.no-room", "callback,voicemail",
                "gateway.admission.caller-calls", "2");
    }
}
