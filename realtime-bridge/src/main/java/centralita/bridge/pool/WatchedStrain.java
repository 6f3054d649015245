package centralita.bridge.pool;

import centralita.edge.strain.ProcessStrain;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the watch over this process from the settings. */
@Singleton
class WatchedStrain {
    @Produces
    @Singleton
    ProcessStrain strain(StrainConfig config, Vertx vertx, MeterRegistry meters) {
        var strain = new ProcessStrain(config.lateMs(), config.fullHeap(), meters);
        strain.watch(vertx);
        return strain;
    }
}
