package centralita.embedded;

import java.util.OptionalLong;

/**
 * A server that answers.
 *
 * @param host address to connect to
 * @param pid of its process; empty when it runs in this one or in a container
 * @param stop ends it; its data stays where it is
 */
record RunningPart(Part part, String host, int port, OptionalLong pid, Runnable stop) {
    String address() {
        return host + ":" + port;
    }
}
