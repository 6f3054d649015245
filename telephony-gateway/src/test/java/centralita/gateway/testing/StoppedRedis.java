package centralita.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.ConfigProvider;

/** A Redis that keeps its connections and answers nobody for a while. */
public final class StoppedRedis {
    private StoppedRedis() {}

    /** By a connection of its own: one of the client's pool would wait for its answer. */
    public static void forMs(int ms) {
        var address = URI.create(ConfigProvider.getConfig().getValue("quarkus.redis.hosts", String.class));
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(("CLIENT PAUSE " + ms + " ALL\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(5)).isEqualTo("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
