package centralita.gateway.testing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The settings of a feature that runs outside the gateway. */
public final class Settings {
    private Settings() {}

    /** @param given by the names that the feature's settings have, without its prefix; all others are defaults */
    public static <T> T of(Class<T> mapping, Map<String, String> given) {
        var prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        var values = new HashMap<String, String>();
        given.forEach((name, value) -> values.put(prefix + "." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(mapping);
    }
}
