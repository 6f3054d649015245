package centralita.local.ingress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which process of a service gets the next request: in turn, those that say they are ready before those that do not, and
 * never one that takes no connection while another does. When none is ready all are tried: a doubtful answer is better
 * than none. For one event loop.
 */
final class Rotation {
    private static final int PROBE_EVERY_MS = 500;
    private static final int PROBE_TIMEOUT_MS = 1_000;
    private static final int CONNECT_TIMEOUT_MS = 250;

    private final Map<Owner, List<Place>> places = new EnumMap<>(Owner.class);
    private final NetClient connections;
    private final HttpClient probes;
    private int turn;

    private static final class Place {
        private final SocketAddress address;
        private boolean ready = true;

        private Place(SocketAddress address) {
            this.address = address;
        }
    }

    Rotation(Vertx vertx, List<Upstream> upstreams) {
        for (var upstream : upstreams) {
            upstream.owner().ifPresent(owner -> places.computeIfAbsent(owner, _ -> new ArrayList<>())
                    .add(new Place(SocketAddress.inetSocketAddress(upstream.port(), "127.0.0.1"))));
        }
        connections = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS));
        probes = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS));
        var several = places.values().stream()
                .filter(list -> list.size() > 1)
                .flatMap(List::stream)
                .toList();
        if (!several.isEmpty()) {
            vertx.setPeriodic(PROBE_EVERY_MS, _ -> several.forEach(this::probe));
        }
    }

    /** @return fails when nobody serves this owner's paths */
    Future<SocketAddress> next(Owner owner) {
        var all = places.getOrDefault(owner, List.of());
        if (all.isEmpty()) {
            return Future.failedFuture("nobody serves this path");
        }
        if (all.size() == 1) {
            return Future.succeededFuture(all.getFirst().address);
        }
        int from = turn++;
        var order = new ArrayList<Place>();
        for (boolean ready : new boolean[] {true, false}) {
            for (int i = 0; i < all.size(); i++) {
                var place = all.get(Math.floorMod(from + i, all.size()));
                if (place.ready == ready) {
                    order.add(place);
                }
            }
        }
        return firstThatListens(order, 0);
    }

    private Future<SocketAddress> firstThatListens(List<Place> order, int at) {
        var place = order.get(at);
        if (at == order.size() - 1) {
            return Future.succeededFuture(place.address);
        }
        return connections
                .connect(place.address)
                .compose(socket -> {
                    socket.close();
                    return Future.succeededFuture(place.address);
                })
                .recover(_ -> {
                    place.ready = false;
                    return firstThatListens(order, at + 1);
                });
    }

    private void probe(Place place) {
        probes.request(HttpMethod.GET, place.address.port(), place.address.host(), "/q/health/ready")
                .compose(request -> request.idleTimeout(PROBE_TIMEOUT_MS).send())
                .onComplete(answer -> place.ready =
                        answer.succeeded() && answer.result().statusCode() == 200);
    }
}
