package centralita.local.chaos;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A port that leads to another one, and can lead nowhere: it refuses, is slow, or swallows everything without a word, as a
 * network does that drops packets. All on one event loop; the methods may be called from any other thread and return when
 * it is so.
 */
final class Detour {
    private static final int SOON_SECONDS = 10;

    /** What becomes of what arrives. */
    private enum Road {
        OPEN,
        /** Connections end at once. */
        REFUSED,
        /** Connections are taken, and nothing comes out on the other side. */
        SWALLOWED
    }

    private final Context loop;
    private final NetClient client;
    private final SocketAddress target;
    private final Set<Pair> pairs = new HashSet<>();
    private final int port;
    private Road road = Road.OPEN;
    private long answersLaterMs;

    private record Pair(NetSocket asker, NetSocket answerer) {
        void cut() {
            asker.close();
            answerer.close();
        }

        void halt() {
            asker.pause();
            answerer.pause();
        }
    }

    private Detour(Context loop, NetServer server, NetClient client, SocketAddress target) {
        this.loop = loop;
        this.client = client;
        this.target = target;
        port = done(future -> loop.runOnContext(_ -> server.connectHandler(this::arrived)
                .listen()
                .map(NetServer::actualPort)
                .onComplete(listening -> complete(future, listening))));
    }

    /** Opens a port on 127.0.0.1 that leads to {@code targetPort} there. */
    static Detour to(Vertx vertx, int targetPort) {
        return new Detour(
                vertx.getOrCreateContext(),
                vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1").setTcpNoDelay(true)),
                vertx.createNetClient(),
                SocketAddress.inetSocketAddress(targetPort, "127.0.0.1"));
    }

    int port() {
        return port;
    }

    /** Everything passes again; what was swallowed is lost, so its connections end. */
    void open() {
        change(() -> {
            if (road == Road.SWALLOWED) {
                cutAll();
            }
            road = Road.OPEN;
            answersLaterMs = 0;
        });
    }

    /** As if nobody listened: connections end, and so do new ones. */
    void refuse() {
        change(() -> {
            road = Road.REFUSED;
            cutAll();
        });
    }

    /** As if the cable were cut and nobody had told TCP. */
    void swallow() {
        change(() -> {
            road = Road.SWALLOWED;
            pairs.forEach(Pair::halt);
        });
    }

    /** What comes back comes later. */
    void slowDown(Duration by) {
        change(() -> answersLaterMs = by.toMillis());
    }

    private void change(Runnable work) {
        Detour.<Boolean>done(future -> loop.runOnContext(_ -> {
            work.run();
            future.complete(true);
        }));
    }

    private void cutAll() {
        Set.copyOf(pairs).forEach(Pair::cut);
        pairs.clear();
    }

    private void arrived(NetSocket asker) {
        if (road == Road.REFUSED) {
            asker.close();
            return;
        }
        asker.pause();
        if (road == Road.SWALLOWED) {
            return;
        }
        client.connect(target).onComplete(connected -> {
            if (connected.failed() || road == Road.REFUSED) {
                asker.close();
                return;
            }
            join(new Pair(asker, connected.result()));
        });
    }

    private void join(Pair pair) {
        pairs.add(pair);
        pair.asker().closeHandler(_ -> gone(pair));
        pair.answerer().closeHandler(_ -> gone(pair));
        pair.asker().exceptionHandler(_ -> {});
        pair.answerer().exceptionHandler(_ -> {});
        pair.asker().handler(bytes -> pass(bytes, pair.asker(), pair.answerer()));
        pair.answerer().handler(bytes -> {
            if (answersLaterMs == 0) {
                pass(bytes, pair.answerer(), pair.asker());
            } else {
                loop.owner().setTimer(answersLaterMs, _ -> pass(bytes, pair.answerer(), pair.asker()));
            }
        });
        if (road == Road.OPEN) {
            pair.asker().resume();
        } else {
            pair.halt();
        }
    }

    private void pass(Buffer bytes, NetSocket from, NetSocket to) {
        to.write(bytes);
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(_ -> {
                if (road != Road.SWALLOWED) {
                    from.resume();
                }
            });
        }
    }

    private void gone(Pair pair) {
        if (pairs.remove(pair)) {
            pair.cut();
        }
    }

    private interface Work<T> {
        void begin(CompletableFuture<T> future);
    }

    private static <T> T done(Work<T> work) {
        var future = new CompletableFuture<T>();
        work.begin(future);
        return future.orTimeout(SOON_SECONDS, TimeUnit.SECONDS).join();
    }

    private static <T> void complete(CompletableFuture<T> future, AsyncResult<T> result) {
        if (result.succeeded()) {
            future.complete(result.result());
        } else {
            future.completeExceptionally(result.cause());
        }
    }
}
