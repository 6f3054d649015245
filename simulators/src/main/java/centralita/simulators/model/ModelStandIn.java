package centralita.simulators.model;

import centralita.simulators.model.FaultBoard.RefusedHandshakes;
import centralita.simulators.model.scenario.Fault;
import centralita.simulators.model.scenario.Scenario;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * OpenAI's realtime model without OpenAI: a server that speaks the GA protocol, hears speech, answers with recorded
 * speech, calls tools and fails on demand. It runs on one event loop of its own; the methods here may be called from
 * any other thread and return when they are done.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/realtime">Realtime API</a>
 */
public final class ModelStandIn implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final Context loop;
    private final FaultBoard faults;
    private final ModelSessions sessions;
    private final String host;
    private final int port;

    private ModelStandIn(Vertx vertx, Context loop, FaultBoard faults, ModelSessions sessions, String host, int port) {
        this.vertx = vertx;
        this.loop = loop;
        this.faults = faults;
        this.sessions = sessions;
        this.host = host;
        this.port = port;
    }

    public static ModelStandIn start() {
        return start(ModelStandInOptions.defaults());
    }

    /**
     * Starts and returns when connections are accepted.
     *
     * @throws IllegalStateException when it cannot listen, for example because the port is taken
     */
    public static ModelStandIn start(ModelStandInOptions options) {
        var vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        var loop = vertx.getOrCreateContext();
        var faults = new FaultBoard(options.scenario());
        var sessions = new ModelSessions(vertx, options, faults);
        var router = Router.router(vertx);
        new RealtimeRoutes(options, faults, sessions).addTo(router);
        new AdminRoutes(faults, sessions).addTo(router);
        var listening = new CompletableFuture<Integer>();
        loop.runOnContext(_ -> vertx.createHttpServer(serverOptions())
                .requestHandler(router)
                .listen(options.port(), options.host())
                .onSuccess(server -> listening.complete(server.actualPort()))
                .onFailure(listening::completeExceptionally));
        try {
            int port = await(listening);
            return new ModelStandIn(vertx, loop, faults, sessions, options.host(), port);
        } catch (IllegalStateException e) {
            vertx.close();
            throw new IllegalStateException(
                    "the model stand-in cannot listen on %s:%d".formatted(options.host(), options.port()), e);
        }
    }

    private static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setMaxWebSocketFrameSize(ModelSessions.LONGEST_MESSAGE)
                .setMaxWebSocketMessageSize(ModelSessions.LONGEST_MESSAGE)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
    }

    public int port() {
        return port;
    }

    /** Where sessions are opened: {@code ws://…/v1/realtime}; the client adds {@code ?model=…}. */
    public URI realtimeUrl() {
        return URI.create("ws://%s:%d/v1/realtime".formatted(host, port));
    }

    /** What the vendor's REST clients take as base: {@code http://…/v1}. */
    public URI apiUrl() {
        return URI.create("http://%s:%d/v1".formatted(host, port));
    }

    /** Ended sessions (the last 1,000) and open ones, oldest first. */
    public List<SessionRecord> sessions() {
        return onLoop(sessions::records);
    }

    /** The sessions that were opened with this {@code X-Client-Request-Id}. */
    public List<SessionRecord> sessions(String clientRequestId) {
        return sessions().stream()
                .filter(session -> session.clientRequestId().equals(clientRequestId))
                .toList();
    }

    /** Makes the next handshakes fail with an HTTP status; a negative {@code retryAfterSeconds} leaves the header out. */
    public void refuseNextHandshakes(int count, int status, int retryAfterSeconds) {
        onLoop(() -> {
            faults.refuseNext(count, new RefusedHandshakes(status, retryAfterSeconds));
            return true;
        });
    }

    /** Makes the next response, of whichever session, go wrong; its {@code turn} does not matter. */
    public void failNextResponse(Fault fault) {
        onLoop(() -> {
            faults.nextResponse(fault);
            return true;
        });
    }

    public void nextSession(Scenario scenario) {
        onLoop(() -> {
            faults.nextSession(scenario);
            return true;
        });
    }

    public void everySession(Scenario scenario) {
        onLoop(() -> {
            faults.everySession(scenario);
            return true;
        });
    }

    /** Breaks the sockets of sessions without a close frame; an empty id means all. */
    public void dropSessions(String clientRequestId) {
        onLoop(() -> {
            sessions.drop(clientRequestId);
            return true;
        });
    }

    public void closeSessions(String clientRequestId, int code) {
        onLoop(() -> {
            sessions.close(clientRequestId, code);
            return true;
        });
    }

    /** Sessions reach their time limit now: an error, then a close. @param clientRequestId whose; empty for all */
    public void expireSessions(String clientRequestId) {
        onLoop(() -> {
            sessions.expire(clientRequestId);
            return true;
        });
    }

    private <T> T onLoop(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        loop.runOnContext(_ -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return await(result);
    }

    private static <T> T await(CompletableFuture<T> result) {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the model stand-in", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the model stand-in could not do it", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the model stand-in did not answer in time", e);
        }
    }

    /** Stops; open sockets break. */
    @Override
    public void close() {
        Future<Void> closed = vertx.close();
        await(closed.toCompletionStage().toCompletableFuture());
    }
}
