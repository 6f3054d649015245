package centralita.local.suite;

import java.net.URI;
import java.util.Optional;

/** The stand-ins for what lies outside, in this JVM. */
public final class StandIns implements AutoCloseable {
    static StandIns start(OutsideVariables outside, Wiring wiring) {
        return new StandIns();
    }
    Optional<URI> twilioApi() { return Optional.empty(); }
    Optional<URI> realtimeModel() { return Optional.empty(); }
    @Override
    public void close() {}
}
