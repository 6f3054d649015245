package centralita.local.suite;

import java.net.URI;
import java.nio.file.Path;

/**
 * A service's process.
 *
 * @param name as {@code realtime-bridge-1}
 * @param port of its own HTTP server, on the loopback address
 * @param log what it printed since its start
 */
public record RunningService(String name, Module module, long pid, int port, Path log) {
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
