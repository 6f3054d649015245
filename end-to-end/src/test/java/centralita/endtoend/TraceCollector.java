package centralita.endtoend;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * An OpenTelemetry collector that keeps what it gets and looks into it without a schema: the name of a service is text in
 * a batch, and a span begins with the fields 1 (trace id, 16 bytes) and 2 (span id, 8 bytes).
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP over gRPC</a>
 */
final class TraceCollector implements AutoCloseable {
    /** The services that every call touches. */
    static final List<String> ON_THE_WAY =
            List.of("telephony-gateway", "realtime-bridge", "call-orchestrator", "analytics-service");

    private static final int TRACE_ID_BYTES = 16;
    /** Tag and length of a span's first field. */
    private static final byte[] TRACE_ID = {0x0A, TRACE_ID_BYTES};
    /** Tag and length of its second. */
    private static final byte[] SPAN_ID = {0x12, 8};
    /** Not compressed, no bytes: an answer that says nothing. */
    private static final byte[] EMPTY_MESSAGE = {0, 0, 0, 0, 0};

    private final Vertx vertx;
    private final List<byte[]> batches = new CopyOnWriteArrayList<>();
    private int port;

    private TraceCollector(Vertx vertx) {
        this.vertx = vertx;
    }

    static TraceCollector listen() {
        var collector = new TraceCollector(
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)));
        try {
            collector.port = collector
                    .vertx
                    .createHttpServer(
                            new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                    .requestHandler(collector::take)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .actualPort();
            return collector;
        } catch (Exception e) {
            throw new IllegalStateException("the collector cannot listen", e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Traces with a span of each of these services. */
    Set<String> tracesThrough(List<String> services) {
        Set<String> shared = new TreeSet<>(traceIds(services.getFirst()));
        services.forEach(service -> shared.retainAll(traceIds(service)));
        return shared;
    }

    /** Ids of all traces in which this service has a span, as hexadecimal digits. */
    Set<String> traceIds(String service) {
        Set<String> ids = new TreeSet<>();
        for (byte[] batch : batches) {
            if (contains(batch, service)) {
                addTraceIds(batch, ids);
            }
        }
        return ids;
    }

    /** Whether this text stands anywhere in what was exported. */
    boolean knows(String text) {
        return batches.stream().anyMatch(batch -> contains(batch, text));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            batches.add(body.getBytes());
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putTrailer("grpc-status", "0")
                    .end(Buffer.buffer(EMPTY_MESSAGE));
        });
    }

    private static boolean contains(byte[] batch, String text) {
        return new String(batch, StandardCharsets.ISO_8859_1)
                .contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private static void addTraceIds(byte[] batch, Set<String> ids) {
        int last = batch.length - TRACE_ID.length - TRACE_ID_BYTES - SPAN_ID.length;
        for (int at = 0; at <= last; at++) {
            int end = at + TRACE_ID.length + TRACE_ID_BYTES;
            if (batch[at] == TRACE_ID[0]
                    && batch[at + 1] == TRACE_ID[1]
                    && batch[end] == SPAN_ID[0]
                    && batch[end + 1] == SPAN_ID[1]) {
                ids.add(HexFormat.of().formatHex(batch, at + TRACE_ID.length, end));
            }
        }
    }
}
