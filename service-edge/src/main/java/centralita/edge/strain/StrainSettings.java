package centralita.edge.strain;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;

/** When a process has more to do than it can, so that no new calls come to it. Each service has them under a prefix of its own. */
public interface StrainSettings {
    /**
     * The event loop is late when it comes to its work later than this; late for most of ten seconds is too late. Less, and a
     * busy machine turns callers away for nothing; more, and those who are there hear holes first.
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
