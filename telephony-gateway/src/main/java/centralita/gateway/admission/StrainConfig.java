package centralita.gateway.admission;

import centralita.edge.strain.StrainSettings;
import io.smallrye.config.ConfigMapping;

/** When this gateway takes no new calls. */
@ConfigMapping(prefix = "gateway.strain")
public interface StrainConfig extends StrainSettings {}
