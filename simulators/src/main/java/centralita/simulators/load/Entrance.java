package centralita.simulators.load;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** How a call gets in: what leads from a ring to the address of its media stream. */
public interface Entrance {
    /** Calls from this number on are in no run of a load. */
    int FIRST_UNCOUNTED = 1 << 30;

    /**
     * Announces a call.
     *
     * @return fails when the call is refused
     */
    CompletableFuture<StreamPlace> ring(int call);

    /** How long the announcements of this run took, and starts anew. */
    Percentiles takeLatencies();

    /** Straight to a relay's port: no webhook, no signature. */
    static Entrance direct(URI stream) {
        return new Entrance() {
            @Override
            public CompletableFuture<StreamPlace> ring(int call) {
                return CompletableFuture.completedFuture(
                        new StreamPlace(stream, Map.of(), accountSid(), callSid(call), Map.of()));
            }

            @Override
            public Percentiles takeLatencies() {
                return new Delays().percentiles();
            }
        };
    }

    /** The account that all calls of the load belong to. */
    static String accountSid() {
        return "AC%032x".formatted(0x10AD);
    }

    /** The provider's id of a call. */
    static String callSid(int call) {
        return "CA%08x%024x".formatted(ProcessHandle.current().pid(), call);
    }
}
