package centralita.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Gives every connection its {@link HeadDeadline}, and tells it of its requests. Neither the framework nor Vert.x 4 has a
 * time limit for heads or shows the listening socket; it is reached by the first connection that brings a request, which in
 * a deployment is a probe in the first second.
 */
@Singleton
class HeadDeadlines {
    private static final String NAME = "head-deadlines";
    /** Before everything that may answer. */
    private static final int FIRST = 10_000;
    /** From here on an answer refuses an upgrade. */
    /** The connection belongs to another protocol from now on. */
    private static final int SWITCHED = 101;

    private final HeadDeadline.Acceptor acceptor;

    HeadDeadlines(GatewayConfig config, MeterRegistry meters) {
        this.acceptor = new HeadDeadline.Acceptor(
                config.headTimeoutMs(),
                Counter.builder("slow.heads")
                        .description("Connections that were closed because the head of a request did not come in time.")
                        .register(meters));
    }

    void watch(@Observes Filters filters) {
        filters.register(this::begun, FIRST);
    }

    private void begun(RoutingContext routing) {
        var request = routing.request();
        if (request.connection() instanceof ConnectionBase connection && connection.channel() != null) {
            watch(connection.channel().parent());
            var deadline = connection.channel().pipeline().get(HeadDeadline.class);
            if (deadline != null) {
                begun(request, deadline, routing);
            }
        }
        routing.next();
    }

    private void watch(@Nullable Channel listening) {
        if (listening != null && listening.pipeline().get(NAME) == null) {
            listening.pipeline().addFirst(NAME, acceptor);
        }
    }

    private static void begun(HttpServerRequest request, HeadDeadline deadline, RoutingContext routing) {
        deadline.begun();
        // Of HTTP/2 many requests share a connection, and one that was upgraded brings no further ones.
        if (request.version() != HttpVersion.HTTP_2) {
            var upgrade = request.headers().contains(HttpHeaders.UPGRADE);
            routing.addEndHandler(_ -> {
                if (!upgrade || routing.response().getStatusCode() != SWITCHED) {
                    deadline.answered();
                }
            });
        }
    }
}
