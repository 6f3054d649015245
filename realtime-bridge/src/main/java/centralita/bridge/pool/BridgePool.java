package centralita.bridge.pool;

import centralita.livestate.BridgeEntry;
import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;

/** Where gateways look for bridges. */
public interface BridgePool {
    /**
     * Writes the entry anew; without it the bridge is forgotten after some seconds.
     *
     * @return the heartbeat of the entry that stood there before, Unix milliseconds; empty when there was none
     */
    Uni<OptionalLong> announce(BridgeEntry entry);

    /** Takes the entry away. */
    Uni<Void> leave(String bridgeId);
}
