package centralita.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a Docker engine really answers. The {@code docker} program proves nothing, and Testcontainers' own question
 * takes seconds and complains at length.
 */
final class DockerEngine {
    private static final long LIMIT_SECONDS = 5;

    private DockerEngine() {}

    /** @throws InfrastructureException with the reason, when none answers */
    static void require(Map<String, String> environment) {
        var address = address(environment)
                .orElseThrow(() -> new InfrastructureException("-Dinfrastructure=containers needs a Docker engine, and"
                        + " there is neither DOCKER_HOST nor /var/run/docker.sock; without the option everything runs"
                        + " without Docker."));
        var answer = CompletableFuture.supplyAsync(() -> ping(address));
        try {
            if (answer.get(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (TimeoutException | ExecutionException e) {
            answer.cancel(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new InfrastructureException("-Dinfrastructure=containers needs a Docker engine, and none answers at "
                + address + "; without the option everything runs without Docker.");
    }

    private static Optional<SocketAddress> address(Map<String, String> environment) {
        var host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isBlank()) {
            var uri = URI.create(host);
            return switch (String.valueOf(uri.getScheme())) {
                case "unix" -> Optional.of(UnixDomainSocketAddress.of(uri.getPath()));
                case "tcp", "http", "https" ->
                    Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort()));
                default -> throw new InfrastructureException("DOCKER_HOST must begin with unix:// or tcp://.");
            };
        }
        return Optional.of(Path.of("/var/run/docker.sock"))
                .filter(Files::exists)
                .or(() -> Optional.of(Path.of(System.getProperty("user.home"), ".docker/run/docker.sock"))
                        .filter(Files::exists))
                .map(UnixDomainSocketAddress::of);
    }

    private static boolean ping(SocketAddress address) {
        try (var channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            channel.connect(address);
            var request = "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            var head = Channels.newInputStream(channel).readNBytes(12);
            // With TLS in front an engine answers 400 to plain text: it is there, and Testcontainers knows how.
            return new String(head, StandardCharsets.US_ASCII).startsWith("HTTP/1.");
        } catch (IOException e) {
            return false;
        }
    }
}
