package centralita.recording.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A bucket on a real socket, as far as recordings need one. It believes no request whose signature the vendor's own
 * signer would not have made with the secret key, and pages its lists after a few hundred keys.
 */
final class BucketStandIn implements AutoCloseable {
    static final AwsCredentialsIdentity CREDENTIALS = AwsCredentialsIdentity.create("an-access-key", "a-secret-key");
    static final String BUCKET = "recordings";
    private static final int PAGE = 400;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HttpServer server;
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final AtomicInteger refused = new AtomicInteger();

    BucketStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI location() {
        return URI.create("s3://" + BUCKET + "/of/us?region=eu-west-1&endpoint=http://127.0.0.1:"
                + server.getAddress().getPort());
    }

    int refused() {
        return refused.get();
    }

    TreeSet<String> keys() {
        return new TreeSet<>(objects.keySet());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (!signed(exchange, body)) {
                refused.incrementAndGet();
                send(exchange, 403, error("SignatureDoesNotMatch"));
                return;
            }
            var path = exchange.getRequestURI().getPath();
            var key = path.length() > BUCKET.length() + 2 ? path.substring(BUCKET.length() + 2) : "";
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, key, body);
                case "DELETE" -> {
                    objects.remove(key);
                    send(exchange, 204, null);
                }
                default -> {
                    if (key.isEmpty()) {
                        list(exchange);
                    } else {
                        var found = objects.get(key);
                        send(exchange, found == null ? 404 : 200, found == null ? error("NoSuchKey") : found);
                    }
                }
            }
        }
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        if ("*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            var before = objects.putIfAbsent(key, body);
            send(exchange, before == null ? 200 : 412, before == null ? new byte[0] : error("PreconditionFailed"));
        } else {
            objects.put(key, body);
            send(exchange, 200, new byte[0]);
        }
    }

    /** Makes the signature anew with the vendor's signer, from what the request says was signed, and compares. */
    private static boolean signed(HttpExchange exchange, byte[] body) {
        var headers = exchange.getRequestHeaders();
        var authorization = String.valueOf(headers.getFirst("Authorization"));
        var date = headers.getFirst("X-Amz-Date");
        if (!authorization.contains("SignedHeaders=") || date == null) {
            return false;
        }
        var names = authorization.replaceAll(".*SignedHeaders=([^,]*),.*", "$1").split(";");
        var request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()))
                .uri(URI.create("http://" + headers.getFirst("Host") + exchange.getRequestURI()));
        Arrays.stream(names)
                .filter(name -> !name.startsWith("x-amz-date") && !name.startsWith("x-amz-content"))
                .forEach(name -> request.putHeader(name, headers.getFirst(name)));
        var unsigned = "UNSIGNED-PAYLOAD".equals(headers.getFirst("X-Amz-Content-Sha256"));
        if (unsigned && body.length > 0) {
            return false;
        }
        var again = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(CREDENTIALS)
                        .request(request.build())
                        .payload(unsigned ? null : () -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, !unsigned)
                        .putProperty(
                                AwsV4HttpSigner.SIGNING_CLOCK,
                                Clock.fixed(Instant.from(STAMP.parse(date)), ZoneOffset.UTC)));
        return again.request()
                .firstMatchingHeader("Authorization")
                .orElseThrow()
                .equals(authorization);
    }

    private void list(HttpExchange exchange) throws IOException {
        var query = Arrays.stream(exchange.getRequestURI().getQuery().split("&"))
                .map(option -> option.split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        var prefix = query.getOrDefault("prefix", "");
        var after = query.getOrDefault("continuation-token", "");
        var entries = new TreeMap<String, String>();
        objects.tailMap(prefix).forEach((key, content) -> {
            if (key.startsWith(prefix)) {
                var slash = key.indexOf('/', prefix.length());
                if (slash < 0) {
                    entries.put(key, "<Contents><Key>" + key + "</Key><Size>" + content.length + "</Size></Contents>");
                } else {
                    var folder = key.substring(0, slash + 1);
                    entries.put(folder, "<CommonPrefixes><Prefix>" + folder + "</Prefix></CommonPrefixes>");
                }
            }
        });
        var page = entries.tailMap(after, false).entrySet().stream().limit(PAGE).toList();
        var more = !page.isEmpty() && entries.higherKey(page.getLast().getKey()) != null;
        var xml = page.stream().map(Map.Entry::getValue).collect(Collectors.joining());
        send(
                exchange,
                200,
                ("<ListBucketResult><IsTruncated>" + more + "</IsTruncated>"
                                + (more
                                        ? "<NextContinuationToken>"
                                                + page.getLast().getKey() + "</NextContinuationToken>"
                                        : "")
                                + xml + "</ListBucketResult>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] error(String code) {
        return ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body == null || body.length == 0 ? -1 : body.length);
        if (body != null && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
