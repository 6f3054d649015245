package centralita.bridge;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stands between the bridge and a model, passes every byte on, and at a word swallows all of the connections it has. */
public final class BlackHole implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    /** On the event loop only. */
    private final List<Pair> pairs = new ArrayList<>();

    private final URI model;
    private final int port;

    private static final class Pair {
        boolean swallowed;
    }

    public BlackHole(URI model) {
        this.model = model;
        var client = vertx.createNetClient();
        try {
            port = vertx.createNetServer()
                    .connectHandler(bridge -> pass(client, bridge))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .actualPort();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the black hole cannot listen", e);
        }
    }

    private void pass(NetClient client, NetSocket bridge) {
        bridge.pause();
        client.connect(model.getPort(), model.getHost())
                .onSuccess(far -> {
                    var pair = new Pair();
                    pairs.add(pair);
                    join(pair, bridge, far);
                    join(pair, far, bridge);
                    bridge.resume();
                })
                .onFailure(_ -> bridge.close());
    }

    private static void join(Pair pair, NetSocket from, NetSocket to) {
        from.handler(bytes -> {
            if (!pair.swallowed) {
                to.write(bytes);
            }
        });
        from.closeHandler(_ -> to.close());
    }

    public URI url() {
        return URI.create("ws://127.0.0.1:" + port + model.getPath());
    }

    /** Nothing of what is connected now comes through any more, either way, and nobody is told. */
    public void swallow() {
        var done = new CompletableFuture<Void>();
        vertx.runOnContext(_ -> {
            pairs.forEach(pair -> pair.swallowed = true);
            done.complete(null);
        });
        done.join();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
