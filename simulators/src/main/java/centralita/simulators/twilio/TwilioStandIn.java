package centralita.simulators.twilio;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Plays Twilio: people phone in through {@link #phoneIn}, our side phones out through the REST API at {@link #baseUrl}.
 * All work is done on one event loop; the methods here may be called from any other thread and wait for it. Closing ends
 * every call.
 */
public final class TwilioStandIn implements AutoCloseable {
    private static final long SOON_SECONDS = 10;

    private final Vertx vertx;
    private final Context context;
    private final Exchange exchange;
    private final RestApi rest;
    private final HttpServer server;
    private final URI baseUrl;

    private TwilioStandIn(
            Vertx vertx, Context context, Exchange exchange, RestApi rest, HttpServer server, URI baseUrl) {
        this.vertx = vertx;
        this.context = context;
        this.exchange = exchange;
        this.rest = rest;
        this.server = server;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts on 127.0.0.1.
     *
     * @throws IllegalStateException when the port is taken
     */
    public static TwilioStandIn start(TwilioSettings settings) {
        var vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setPreferNativeTransport(true)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2));
        var context = vertx.getOrCreateContext();
        try {
            return on(context, () -> {
                        var exchange = new Exchange(vertx, settings);
                        var rest = new RestApi(vertx, exchange);
                        var server = vertx.createHttpServer(
                                new HttpServerOptions().setHost("127.0.0.1").setPort(settings.listenPort()));
                        return new TwilioStandIn(
                                vertx, context, exchange, rest, server, URI.create("http://127.0.0.1"));
                    })
                    .listening();
        } catch (RuntimeException e) {
            vertx.close();
            throw e;
        }
    }

    private TwilioStandIn listening() {
        var listening = Promise.<Integer>promise();
        context.runOnContext(go -> server.requestHandler(rest.router())
                .listen()
                .map(HttpServer::actualPort)
                .onComplete(listening));
        var url = URI.create("http://127.0.0.1:" + await(listening));
        on(context, () -> {
            exchange.apiBaseUrl(url.toString());
            return url;
        });
        return new TwilioStandIn(vertx, context, exchange, rest, server, url);
    }

    /** Where the REST API answers, without trailing slash: what {@code TWILIO_API_BASE_URL} wants. */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * Somebody phones one of our numbers.
     *
     * @param handset asked and told on the event loop until the call is over
     */
    public PlacedCall phoneIn(IncomingCall incoming, Handset handset) {
        var callSid = Sids.next("CA");
        var ended = Promise.<CallReport>promise();
        context.runOnContext(go -> {
            try {
                var call = exchange.begin(CallPlan.inbound(callSid, incoming), handset, CallStatus.RINGING);
                call.ended().onComplete(ended);
                call.runFrom(new Verb.Action(incoming.voiceUrl(), "POST"), Map.of());
            } catch (RuntimeException e) {
                ended.tryFail(e);
            }
        });
        return new PlacedCall(callSid, ended.future().toCompletionStage());
    }

    /** How those behave whom we call, over REST or by {@code <Dial>}. Asked on the event loop. */
    public void callees(Function<String, Callee> byAddress) {
        on(context, () -> {
            exchange.callees(byAddress);
            return byAddress;
        });
    }

    /** For calls that our side creates from now on. */
    public void outgoingConditions(StreamConditions streams, CallbackConditions callbacks) {
        on(context, () -> {
            rest.conditions(streams, callbacks);
            return streams;
        });
    }

    /** The next request to create a call that is not yet spoken for goes wrong in this way. */
    public void nextCreateFault(ApiFault fault) {
        on(context, () -> {
            rest.nextFault(fault);
            return fault;
        });
    }

    /** The next request to read or change one call that is not yet spoken for goes wrong in this way. */
    public void nextFaultAboutCalls(ApiFault fault) {
        on(context, () -> {
            rest.nextFaultAboutCalls(fault);
            return fault;
        });
    }

    /** How often our side has asked to read or change one call. */
    public int requestsAboutCalls() {
        return on(context, rest::requestsAboutCalls);
    }

    /** How often our side has asked to create a call, refused requests included. */
    public int createRequests() {
        return on(context, rest::createRequests);
    }

    /** Calls that are alive at this moment. */
    public int runningCalls() {
        return on(context, () -> exchange.running().size());
    }

    private static <T> T on(Context context, Callable<T> work) {
        var done = Promise.<T>promise();
        context.runOnContext(go -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return await(done);
    }

    private static <T> T await(Promise<T> promise) {
        try {
            return promise.future().toCompletionStage().toCompletableFuture().get(SOON_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the stand-in", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the Twilio stand-in cannot do this: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        on(context, () -> {
            exchange.close();
            return exchange;
        });
        var closed = Promise.<Void>promise();
        vertx.close().onComplete(closed);
        closed.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(SOON_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
