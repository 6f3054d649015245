package centralita.orchestrator.twilio;

import centralita.orchestrator.reconcile.ProviderCalls;
import centralita.orchestrator.reconcile.ReconcileConfig;
import centralita.orchestrator.reconcile.rules.Finding;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks Twilio about calls (twilio.md 6). Never blocks, follows no redirect, repeats nothing by itself. After a 429 nobody
 * is asked before the time that Twilio named.
 */
@ApplicationScoped
class TwilioCalls implements ProviderCalls {
    private static final Logger LOG = Logger.getLogger(TwilioCalls.class);
    private static final Pattern CALL_SID = Pattern.compile("[A-Za-z0-9-]{2,64}");
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final Duration PAUSE_UNLESS_TOLD = Duration.ofSeconds(5);

    private final TwilioConfig config;
    private final HttpClient http;
    private final String calls;
    /** One value of the header for each token. */
    private final List<String> credentials;
    /** The one that Twilio took last. */
    private volatile int current;

    private volatile long pausedUntilNanos = System.nanoTime();

    @Inject
    TwilioCalls(Vertx vertx, TwilioConfig config, ReconcileConfig reconcile) {
        this(vertx, config, reconcile.concurrency());
    }

    TwilioCalls(Vertx vertx, TwilioConfig config, int connections) {
        this.config = config;
        var account = config.accountSid().orElse("");
        credentials = config.accountSid().isEmpty()
                ? List.of()
                : config.authToken().orElse(List.of()).stream()
                        .map(String::strip)
                        .map(token -> "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((account + ":" + token).getBytes(StandardCharsets.UTF_8)))
                        .toList();
        calls = config.apiBaseUrl().toString().replaceFirst("/+$", "") + "/2010-04-01/Accounts/" + account + "/Calls/";
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) config.requestTimeout().toMillis())
                        .setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(connections));
    }

    void atStart(@Observes StartupEvent started) {
        if (credentials.isEmpty()) {
            LOG.warn(
                    "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not both set: a call whose end nobody tells us stays open"
                            + " for hours.");
        }
    }

    @Override
    public Uni<Finding> look(String callSid) {
        return ask(HttpMethod.GET, callSid, Buffer.buffer());
    }

    @Override
    public Uni<Finding> hangUp(String callSid) {
        return ask(HttpMethod.POST, callSid, Buffer.buffer("Status=completed"));
    }

    private Uni<Finding> ask(HttpMethod method, String callSid, Buffer form) {
        if (credentials.isEmpty()) {
            return Uni.createFrom().item(new Finding.NoAnswer("not-configured", null));
        }
        if (!CALL_SID.matcher(callSid).matches()) {
            return Uni.createFrom().item(new Finding.NoCallSid());
        }
        var pausedNanos = pausedUntilNanos - System.nanoTime();
        if (pausedNanos > 0) {
            return Uni.createFrom().item(new Finding.NoAnswer("throttled", Duration.ofNanos(pausedNanos)));
        }
        return ask(method, callSid, form, current, credentials.size() - 1);
    }

    /** @param others how many other tokens may be tried */
    private Uni<Finding> ask(HttpMethod method, String callSid, Buffer form, int token, int others) {
        return Uni.createFrom()
                .completionStage(() -> send(method, callSid, form, token).toCompletionStage())
                .ifNoItem()
                .after(config.requestTimeout())
                .fail()
                .invoke(finding -> remember(finding, token))
                .onFailure()
                .invoke(failure -> LOG.infof("Twilio was not reached. reason=%s", failure))
                .onFailure()
                .recoverWithItem(new Finding.NoAnswer("not-reached", null))
                .chain(finding -> {
                    if (!isRefused(finding)) {
                        return Uni.createFrom().item(finding);
                    }
                    if (others > 0) {
                        return ask(method, callSid, form, (token + 1) % credentials.size(), others - 1);
                    }
                    LOG.error("Twilio takes neither our account nor any of our tokens.");
                    return Uni.createFrom().item(finding);
                });
    }

    private Future<Finding> send(HttpMethod method, String callSid, Buffer form, int token) {
        var request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(calls + callSid + ".json")
                .setTimeout(config.requestTimeout().toMillis())
                .putHeader("Authorization", credentials.get(token))
                .putHeader("Accept", "application/json");
        if (form.length() > 0) {
            request.putHeader("Content-Type", "application/x-www-form-urlencoded");
        }
        return http.request(request)
                .compose(open -> open.send(form))
                .compose(answer -> body(answer)
                        .map(body -> CallAnswer.read(answer.statusCode(), answer.getHeader("Retry-After"), body)));
    }

    /** The whole body, unless it is longer than any answer about one call. */
    private static Future<Buffer> body(HttpClientResponse answer) {
        var whole = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        answer.handler(part -> {
            if (body.length() + part.length() > MAX_ANSWER_BYTES) {
                answer.request().reset();
                whole.tryFail("the answer is longer than any answer about one call");
            } else {
                body.appendBuffer(part);
            }
        });
        answer.exceptionHandler(whole::tryFail);
        answer.endHandler(_ -> whole.tryComplete(body));
        return whole.future();
    }

    private void remember(Finding finding, int token) {
        if (finding instanceof Finding.NoAnswer(var reason, var retryAfter) && reason.equals("throttled")) {
            pausedUntilNanos = System.nanoTime()
                    + Objects.requireNonNullElse(retryAfter, PAUSE_UNLESS_TOLD).toNanos();
        } else if (!isRefused(finding)) {
            current = token;
        }
    }

    private static boolean isRefused(@Nullable Finding finding) {
        return finding instanceof Finding.NoAnswer(var reason, var _) && reason.equals("refused");
    }
}
