package centralita.bridge.pool;

import centralita.livestate.BridgeEntry;
import io.smallrye.mutiny.Uni;

/** Where gateways look for bridges. */
public interface BridgePool {
    /** Writes the entry anew; without it the bridge is forgotten after some seconds. */
    Uni<Void> announce(BridgeEntry entry);

    /** Takes the entry away. */
    Uni<Void> leave(String bridgeId);
}
