package centralita.gateway.redis;

import centralita.gateway.MediaLoop;
import centralita.livestate.LiveScript;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer of Redis is waited for, and when it is not even asked: after failures in a row it is left alone for a
 * moment (F-S3). Every future here completes in time, with {@link LiveStore.UnavailableException} if need be. Event loop
 * only.
 */
@Singleton
class Questions {
    private static final int FAILURES_TO_PAUSE = 3;
    private static final long LOOK_TIMEOUT_MS = 400;
    private static final long ASK_AGAIN_MS = 50;
    /** A timer so late shows that our own loop stood still, and the answer may be there, unread. */
    private static final long LATE_MS = 20;

    private final Redis redis;
    private final MediaLoop loop;
    private final RedisConfig config;
    private final Counter failures;
    private int failuresInARow;
    private long pausedUntilMs;

    Questions(Redis redis, MediaLoop loop, RedisConfig config, MeterRegistry meters) {
        this.redis = redis;
        this.loop = loop;
        this.config = config;
        this.failures = Counter.builder("live.state.failures")
                .description("Questions to Redis that were refused, failed or took too long.")
                .register(meters);
    }

    /** For what somebody waits for who can be answered without it. */
    Future<@Nullable Response> ask(Request request) {
        return ask(() -> redis.send(request));
    }

    /** The same. */
    Future<@Nullable Response> script(LiveScript script, List<String> keys, List<String> arguments) {
        return ask(() -> evaluate(script, keys, arguments));
    }

    private Future<@Nullable Response> ask(Supplier<Future<@Nullable Response>> question) {
        if (loop.nowMs() < pausedUntilMs) {
            failures.increment();
            return Future.failedFuture(new LiveStore.UnavailableException("Redis is left alone for a moment"));
        }
        return bounded(config.timeoutMs(), question);
    }

    /** For pictures that are taken again and again: asked even while Redis is left alone, so that its return is seen. */
    <T> Future<T> look(Supplier<Future<T>> question) {
        return bounded(LOOK_TIMEOUT_MS, question);
    }

    /** The same, several questions at once. */
    Future<List<Response>> look(List<Request> requests) {
        return look(() -> redis.batch(requests));
    }

    /** For what must be known elsewhere: asked even while Redis is left alone. */
    Future<@Nullable Response> insist(LiveScript script, List<String> keys, List<String> arguments) {
        return bounded(LOOK_TIMEOUT_MS, () -> evaluate(script, keys, arguments));
    }

    /** For what costs somebody dear who goes on without: asked again and again, even while Redis is left alone. */
    Future<@Nullable Response> patiently(Request request) {
        return until(request, patience());
    }

    /** When patience that begins now will be at its end. */
    long patience() {
        return loop.nowMs() + config.patienceMs();
    }

    /** The same as {@link #patiently}, for several questions with one patience. */
    Future<@Nullable Response> until(Request request, long untilMs) {
        return bounded(LOOK_TIMEOUT_MS, () -> redis.send(request)).recover(failure -> {
            if (loop.nowMs() + ASK_AGAIN_MS >= untilMs) {
                return Future.failedFuture(failure);
            }
            var pause = Promise.<Void>promise();
            loop.after(ASK_AGAIN_MS, pause::complete);
            return pause.future().compose(_ -> until(request, untilMs));
        });
    }

    /** What Redis answered makes no sense. */
    void failed() {
        failures.increment();
    }

    private Future<@Nullable Response> evaluate(LiveScript script, List<String> keys, List<String> arguments) {
        return redis.send(request(Command.EVALSHA, script.sha1(), keys, arguments))
                .recover(failure -> unknownScript(failure)
                        ? redis.send(request(Command.EVAL, script.text(), keys, arguments))
                        : Future.failedFuture(failure));
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        var request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    /** A Redis that was started anew has forgotten the scripts. */
    private static boolean unknownScript(Throwable failure) {
        return failure instanceof ErrorType error && error.is("NOSCRIPT");
    }

    private <T> Future<T> bounded(long timeoutMs, Supplier<Future<T>> question) {
        var waiting = new Waiting<T>(timeoutMs);
        question.get().onComplete(waiting.promise::tryComplete, waiting.promise::tryFail);
        return waiting.promise.future().onComplete(result -> {
            loop.cancel(waiting.timer);
            count(result.failed());
        });
    }

    private void count(boolean failed) {
        if (!failed) {
            failuresInARow = 0;
            pausedUntilMs = 0;
            return;
        }
        failures.increment();
        if (++failuresInARow >= FAILURES_TO_PAUSE) {
            pausedUntilMs = loop.nowMs() + config.pauseMs();
        }
    }

    /** One question on its way, and when it is given up. */
    private final class Waiting<T> {
        final Promise<T> promise = Promise.promise();
        private final long timeoutMs;
        private final long dueMs;
        long timer;

        Waiting(long timeoutMs) {
            this.timeoutMs = timeoutMs;
            this.dueMs = loop.nowMs() + timeoutMs;
            this.timer = loop.after(timeoutMs, this::due);
        }

        private void due() {
            if (loop.nowMs() - dueMs > LATE_MS) {
                timer = loop.after(LATE_MS, this::giveUp);
            } else {
                giveUp();
            }
        }

        private void giveUp() {
            promise.tryFail(new LiveStore.UnavailableException("Redis did not answer in " + timeoutMs + " ms"));
        }
    }
}
