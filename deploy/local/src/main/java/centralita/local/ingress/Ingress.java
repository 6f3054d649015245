package centralita.local.ingress;

import centralita.embedded.FreePorts;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Listens on the loopback addresses and passes each request to the service that owns its path; of several processes of a
 * service, to one after another. Paths, queries, headers and bodies go through byte for byte, because webhooks are signed; a WebSocket is a pair of joined sockets after its
 * handshake, so frames are not even looked at. Answers {@code /} and health itself.
 *
 * <p>It listens from its construction on, before the services are there; until then their paths answer 502.
 */
public final class Ingress implements AutoCloseable {
    private static final int MAX_CONNECTIONS_PER_SERVICE = 4096;
    private static final int MAX_REQUEST_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 64 * 1024;

    private final Vertx vertx;
    private final List<Upstream> upstreams;
    private final int port;
    private final String deployment;

    private Ingress(Vertx vertx, List<Upstream> upstreams, int port) {
        this.vertx = vertx;
        this.upstreams = List.copyOf(upstreams);
        this.port = port == 0 ? anyFreePort() : port;
        try {
            int instances = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
            this.deployment = vertx.deployVerticle(Loop::new, new DeploymentOptions().setInstances(instances))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new PortInUseException(this.port, e);
        }
    }

    /**
     * @param port 0 for any free one
     * @throws PortInUseException when the port is somebody else's
     */
    public static Ingress listen(Vertx vertx, List<Upstream> upstreams, int port) {
        return new Ingress(vertx, upstreams, port);
    }

    /** @throws PortInUseException when somebody listens there already, on whichever of this machine's addresses */
    public static void requireFree(int port) {
        if (port == 0) {
            return;
        }
        // A listener on all interfaces leaves the loopback address free, and requests would be torn between the two.
        for (var address : List.of(new InetSocketAddress("127.0.0.1", port), new InetSocketAddress(port))) {
            try (var socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(address);
            } catch (IOException e) {
                throw new PortInUseException(port, e);
            }
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }

    private static int anyFreePort() {
        return FreePorts.find(1)[0];
    }

    /** What one event loop does. Several share the port. */
    private final class Loop extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            var rotation = new Rotation(vertx, upstreams);
            // A kept connection that a stopping service closes would swallow a webhook, and with it a call. An upgrade
            // keeps its connection for ever, and is told so in the header.
            var requests = proxy(false, rotation);
            var upgrades = proxy(true, rotation);
            Handler<HttpServerRequest> proxy =
                    request -> (request.headers().contains(HttpHeaders.UPGRADE) ? upgrades : requests).handle(request);
            var health = new HealthPage(vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(4)), upstreams);
            var page = new IndexPage(upstreams);
            listen("127.0.0.1", proxy, health, page)
                    // Where there is no IPv6, or another loop was refused it, "localhost" is 127.0.0.1 anyway.
                    .compose(_ -> listen("::1", proxy, health, page).recover(_ -> Future.succeededFuture()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private HttpProxy proxy(boolean keepAlive, Rotation rotation) {
            var client = vertx.createHttpClient(new HttpClientOptions()
                    .setMaxPoolSize(MAX_CONNECTIONS_PER_SERVICE)
                    .setKeepAlive(keepAlive)
                    .setMaxHeaderSize(MAX_HEADERS));
            return HttpProxy.reverseProxy(client)
                    .originSelector(request -> Owner.of(request.path())
                            .map(rotation::next)
                            .orElseGet(() -> Future.failedFuture("nobody owns this path")));
        }

        private Future<HttpServer> listen(
                String host, Handler<HttpServerRequest> proxy, HealthPage health, IndexPage page) {
            var options = new HttpServerOptions()
                    .setHost(host)
                    .setPort(port)
                    // A client that offers HTTP/2 gets HTTP/1.1: the proxy loses bodies that begin before an upgrade
                    // ends.
                    .setHttp2ClearTextEnabled(false)
                    .setMaxInitialLineLength(MAX_REQUEST_LINE)
                    .setMaxHeaderSize(MAX_HEADERS);
            return vertx.createHttpServer(options)
                    .requestHandler(request -> {
                        switch (request.path()) {
                            case null -> refuse(request);
                            case "/" -> page.answer(request);
                            case "/q/health/ready", "/q/health" -> health.answer(request);
                            case "/q/health/live" -> request.response().end("{\"status\":\"UP\"}");
                            case String path when Owner.of(path).isPresent() -> proxy.handle(request);
                            default -> refuse(request);
                        }
                    })
                    .listen();
        }

        private void refuse(HttpServerRequest request) {
            request.response()
                    .setStatusCode(404)
                    .putHeader("Content-Type", "application/problem+json")
                    .end("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"code\":\"NO_SUCH_PATH\","
                            + "\"detail\":\"No service owns this path; / lists what there is.\"}");
        }
    }
}
