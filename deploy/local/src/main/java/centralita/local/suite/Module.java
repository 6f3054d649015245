package centralita.local.suite;

import centralita.local.ingress.Owner;
import java.util.Locale;
import java.util.Optional;

/** A service as it is built. */
public enum Module {
    REALTIME_BRIDGE(Optional.empty(), Optional.empty()),
    TELEPHONY_GATEWAY(Optional.of(Owner.GATEWAY), Optional.empty()),
    CALL_ORCHESTRATOR(Optional.of(Owner.ORCHESTRATOR), Optional.of("orchestrator")),
    CAMPAIGN_SERVICE(Optional.of(Owner.CAMPAIGN), Optional.of("campaigns")),
    ANALYTICS_SERVICE(Optional.of(Owner.ANALYTICS), Optional.of("analytics"));

    private final Optional<Owner> owner;
    private final Optional<String> database;

    Module(Optional<Owner> owner, Optional<String> database) {
        this.owner = owner;
        this.database = database;
    }

    /** Which paths of the ingress are its own. */
    Optional<Owner> owner() {
        return owner;
    }

    /** The name of its own database, if it has one. */
    public Optional<String> database() {
        return database;
    }

    /** Its Maven module, as {@code realtime-bridge}. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
