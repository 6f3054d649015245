package centralita.bridge.tool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;

/** What the built-in functions need to know. */
@ConfigMapping(prefix = "bridge.tools")
public interface ToolConfig {
    /** The organisation's time zone, for whoever asks what time it is without saying where. */
    @WithDefault("UTC")
    ZoneId timezone();

    /** A function that takes longer has failed: the caller hears nothing meanwhile. */
    @WithDefault("10S")
    Duration timeout();
}
