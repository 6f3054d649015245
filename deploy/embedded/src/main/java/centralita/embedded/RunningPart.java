package centralita.embedded;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A server that answers.
 *
 * @param host address to connect to
 * @param pid of its process; empty when it runs in this one or in a container
 * @param stop ends it; its data stays where it is
 * @param again starts it where it was, after its stop; empty when it cannot be
 */
record RunningPart(
        Part part, String host, int port, OptionalLong pid, Runnable stop, Optional<Supplier<RunningPart>> again) {
    RunningPart(Part part, String host, int port, OptionalLong pid, Runnable stop) {
        this(part, host, port, pid, stop, Optional.empty());
    }

    String address() {
        return host + ":" + port;
    }
}
