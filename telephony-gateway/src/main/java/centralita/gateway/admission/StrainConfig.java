package centralita.gateway.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;

/** When this gateway has more to do than it can. */
@ConfigMapping(prefix = "gateway.strain")
public interface StrainConfig {
    /**
     * The event loop is late when it comes to its work later than this; late for most of ten seconds, the gateway takes no new
     * calls. Less, and a busy machine turns callers away for nothing; more, and those who are there hear holes first.
     */
    @WithDefault("40")
    @Min(1)
    long lateMs();

    /** Share of the heap's old generation that may be in use after a collection. */
    @WithDefault("0.85")
    @DecimalMin("0.2")
    @DecimalMax("1.0")
    double fullHeap();
}
