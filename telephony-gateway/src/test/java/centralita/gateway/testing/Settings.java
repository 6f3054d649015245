package centralita.gateway.testing;

import centralita.gateway.GatewayConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The settings of a gateway of which only parts run. */
public final class Settings {
    private Settings() {}

    /** @param given without the prefix {@code gateway.}; what has no default and is not given is made up */
    public static GatewayConfig of(Map<String, String> given) {
        var values = new HashMap<>(Map.of(
                "gateway.public-base-url", "https://voice.example.test",
                "gateway.auth-token", "fake-auth-token-primary-0000000001",
                "gateway.link-secret", "a-secret-of-the-tests",
                "gateway.number-hash-key", "a-number-hash-key-of-the-tests",
                "gateway.spool-directory", "target/spool"));
        given.forEach((name, value) -> values.put("gateway." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(GatewayConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(GatewayConfig.class);
    }
}
