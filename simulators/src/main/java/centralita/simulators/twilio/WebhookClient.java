package centralita.simulators.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's requests to us: signed, limited in time and size, retried and redirected by the rules of twilio.md 1.3. Every
 * failure is a {@link WebhookFailure} with Twilio's error code.
 */
final class WebhookClient {
    /** Above this Twilio gives up with 11750. Recordings and prompts are allowed more. */
    static final int MAX_DOCUMENT_BYTES = 64 * 1024;

    static final int MAX_MEDIA_BYTES = 8 * 1024 * 1024;
    private static final int MAX_REDIRECTS = 10;

    /** @param contentType lower case, without parameters; empty when absent */
    record Answer(URI url, int status, String contentType, Buffer body, long tookMs) {}

    private final Vertx vertx;
    private final HttpClient http;
    private final RequestSignature signature;
    private final Duration hardLimit;

    WebhookClient(Vertx vertx, TwilioSettings settings) {
        this.vertx = vertx;
        this.signature = new RequestSignature(settings.authToken());
        this.hardLimit = settings.webhookLimit();
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setMaxWaitQueueSize(10_000).setIdleTimeout(30),
                new PoolOptions().setHttp1MaxSize(64));
    }

    /** @param method {@code GET} or {@code POST}; with GET the fields go into the query */
    Future<Answer> request(String method, URI url, Map<String, String> fields, int maxBytes) {
        RetryRules rules;
        try {
            rules = RetryRules.of(url, hardLimit);
        } catch (WebhookFailure e) {
            return Future.failedFuture(e);
        }
        var token = UUID.randomUUID().toString();
        var get = "GET".equalsIgnoreCase(method);
        var target = get ? withQuery(url, fields) : url;
        var attempts = attempt(new Order(get, target, get ? Map.of() : fields, maxBytes, token, rules), 0);
        return limited(attempts, rules.total(), WebhookFailure.of(11205, "no answer in time"));
    }

    private record Order(
            boolean get, URI url, Map<String, String> fields, int maxBytes, String token, RetryRules rules) {
        Order redirectedTo(URI next, boolean asGet) {
            return new Order(asGet, next, asGet ? Map.of() : fields, maxBytes, token, rules);
        }
    }

    private Future<Answer> attempt(Order order, int done) {
        return follow(order, 0).recover(failure -> {
            var known = WebhookClient.known(failure);
            return done < order.rules().retries()
                            && order.rules().on().contains(known.kind().word())
                    ? attempt(order, done + 1)
                    : Future.failedFuture(known);
        });
    }

    private Future<Answer> follow(Order order, int redirects) {
        if (redirects > MAX_REDIRECTS) {
            return Future.failedFuture(WebhookFailure.of(11215, "too many redirects"));
        }
        return send(order).compose(answer -> {
            if (answer.redirect() != null) {
                var asGet = order.get() || answer.status() == 303 || answer.status() == 302 || answer.status() == 301;
                return follow(order.redirectedTo(order.url().resolve(answer.redirect()), asGet), redirects + 1);
            }
            return answer.status() / 100 == 2
                    ? Future.succeededFuture(answer.answer())
                    : Future.failedFuture(WebhookFailure.answered(answer.status()));
        });
    }

    private record Raw(int status, Answer answer, @Nullable String redirect) {}

    private Future<Raw> send(Order order) {
        var started = System.nanoTime();
        var body = order.get() ? Buffer.buffer() : Buffer.buffer(encode(order.fields()));
        return http.request(options(order))
                .compose(request -> exchange(request, body, order))
                .compose(response -> read(response, order.maxBytes()).map(bytes -> {
                    var type = response.getHeader("Content-Type");
                    var plain = type == null
                            ? ""
                            : type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
                    var tookMs = (System.nanoTime() - started) / 1_000_000;
                    var location = response.statusCode() / 100 == 3 ? response.getHeader("Location") : null;
                    return new Raw(
                            response.statusCode(),
                            new Answer(order.url(), response.statusCode(), plain, bytes, tookMs),
                            location);
                }));
    }

    private RequestOptions options(Order order) {
        var url = order.url();
        var secure = "https".equals(url.getScheme());
        var options = new RequestOptions()
                .setMethod(order.get() ? HttpMethod.GET : HttpMethod.POST)
                .setHost(url.getHost())
                .setPort(url.getPort() < 0 ? (secure ? 443 : 80) : url.getPort())
                .setSsl(secure)
                .setURI(RequestSignature.target(url))
                .setConnectTimeout(order.rules().connect().toMillis())
                .putHeader("X-Twilio-Signature", signature.of(url, order.fields()))
                .putHeader("I-Twilio-Idempotency-Token", order.token())
                .putHeader("User-Agent", "TwilioProxy/1.1")
                .putHeader("X-Home-Region", "us1")
                .putHeader("Accept", "*/*");
        if (!order.get()) {
            options.putHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
        }
        return options;
    }

    private Future<HttpClientResponse> exchange(HttpClientRequest request, Buffer body, Order order) {
        var answered = (body.length() == 0 ? request.send() : request.send(body));
        return limited(answered, order.rules().read(), WebhookFailure.readTimeout())
                .onFailure(e -> request.reset());
    }

    private static Future<Buffer> read(HttpClientResponse response, int maxBytes) {
        var done = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        response.handler(piece -> {
            if (body.length() + piece.length() > maxBytes) {
                done.tryFail(WebhookFailure.of(11750, "answer is larger than " + maxBytes));
                response.request().reset();
            } else {
                body.appendBuffer(piece);
            }
        });
        response.endHandler(end -> done.tryComplete(body));
        response.exceptionHandler(e -> done.tryFail(WebhookFailure.of(11206, "answer was cut")));
        return done.future();
    }

    private <T> Future<T> limited(Future<T> work, Duration limit, WebhookFailure late) {
        var result = Promise.<T>promise();
        var timer = vertx.setTimer(Math.max(1, limit.toMillis()), id -> result.tryFail(late));
        work.onComplete(outcome -> {
            vertx.cancelTimer(timer);
            if (outcome.succeeded()) {
                result.tryComplete(outcome.result());
            } else {
                result.tryFail(outcome.cause());
            }
        });
        return result.future();
    }

    private static WebhookFailure known(Throwable failure) {
        return switch (failure) {
            case WebhookFailure already -> already;
            case UnknownHostException e -> WebhookFailure.connect(11210, "host name does not resolve");
            case SSLException e -> WebhookFailure.connect(11220, "TLS handshake failed");
            case ConnectException e -> WebhookFailure.connect(11205, "could not connect");
            case TimeoutException e -> WebhookFailure.connect(11205, "no answer in time");
            default ->
                WebhookFailure.of(
                        11200, "retrieval failed: " + failure.getClass().getSimpleName());
        };
    }

    static URI withQuery(URI url, Map<String, String> fields) {
        if (fields.isEmpty()) {
            return url;
        }
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return URI.create(url.getScheme() + "://" + url.getHost() + port + RequestSignature.target(url)
                + (url.getRawQuery() == null ? "?" : "&") + encode(fields));
    }

    static String encode(Map<String, String> fields) {
        var text = new StringBuilder();
        fields.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    void close() {
        http.close();
    }
}
