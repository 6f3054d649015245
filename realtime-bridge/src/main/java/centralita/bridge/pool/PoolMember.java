package centralita.bridge.pool;

import centralita.contracts.id.UuidV7;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What this bridge is to the pool. Thread-safe. */
@Singleton
public class PoolMember {
    private static final Logger LOG = Logger.getLogger(PoolMember.class);

    private final String bridgeId;
    private final Optional<String> address;
    private final int capacity;
    private volatile boolean draining;

    public PoolMember(PoolConfig config) {
        this.bridgeId =
                config.id().orElseGet(() -> "bridge-" + UuidV7.next().toString().substring(24));
        this.address = config.address().map(URI::toString);
        this.capacity = config.capacity();
    }

    public String bridgeId() {
        return bridgeId;
    }

    /** Where gateways reach this bridge, as the pool is told. @param port on which this process listens */
    public String address(int port) {
        return address.orElseGet(() -> "ws://127.0.0.1:" + port);
    }

    public int capacity() {
        return capacity;
    }

    public boolean draining() {
        return draining;
    }

    /** No new calls from now on; those that are here go on. There is no way back. */
    public void drain() {
        if (!draining) {
            draining = true;
            LOG.infof("This bridge drains. bridgeId=%s", bridgeId);
        }
    }
}
