package centralita.edge.metrics;

import centralita.names.HostNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Names for what we measure: code says {@code calls.active}, Prometheus shows {@code centralita_calls_active}. What the
 * platform measures keeps the names that its dashboards know.
 */
@Singleton
class ServiceMeters {
    private static final String PREFIX = "centralita.";
    /** First words of the names that libraries give to their meters. */
    private static final Set<String> FOREIGN = Set.of(
            "agroal",
            "base",
            "cache",
            "executor",
            "http",
            "jvm",
            "kafka",
            "netty",
            "process",
            "quarkus",
            "redis",
            "scheduled",
            "smallrye",
            "sql",
            "system",
            "tasks",
            "vendor",
            "vertx",
            "worker");

    @Produces
    @Singleton
    MeterFilter ownPrefix() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                var name = id.getName();
                var end = Math.max(name.indexOf('.'), name.indexOf('_'));
                var first = end < 0 ? name : name.split("[._]", 2)[0];
                return FOREIGN.contains(first) || first.equals("centralita") ? id : id.withName(PREFIX + name);
            }
        };
    }

    /** {@code centralita_names_failing}: above 0 for some minutes, somebody should look at the resolver (F-R8). */
    void names(@Observes StartupEvent started, MeterRegistry registry) {
        Gauge.builder("names.kept", HostNames::kept)
                .description("Host names that are answered from memory.")
                .register(registry);
        FunctionCounter.builder("names.unanswered", HostNames.class, _ -> HostNames.unanswered())
                .description("Questions for host names that are not kept, and for which there was no address in time.")
                .register(registry);
        Gauge.builder("names.failing", HostNames::failing)
                .description("Host names that no resolver answers and whose last addresses are used.")
                .register(registry);
    }

    /** {@code centralita_build_info}: always 1; its labels say what runs. */
    void buildInfo(
            @Observes StartupEvent started,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        Gauge.builder("build.info", () -> 1)
                .description("What runs here.")
                .tag("service", service)
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
    }
}
