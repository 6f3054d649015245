package centralita.bridge.link;

import io.smallrye.config.ConfigMapping;

/** How gateways prove that they are ours. */
@ConfigMapping(prefix = "bridge.link")
public interface LinkConfig {
    /** {@code CENTRALITA_LINK_SECRET}, the same in every gateway and bridge. Never logged. */
    String secret();
}
