package centralita.bridge.pool;

import centralita.edge.strain.StrainSettings;
import io.smallrye.config.ConfigMapping;

/** When gateways send this bridge no new calls. */
@ConfigMapping(prefix = "bridge.strain")
public interface StrainConfig extends StrainSettings {}
