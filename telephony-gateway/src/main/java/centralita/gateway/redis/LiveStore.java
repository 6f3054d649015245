package centralita.gateway.redis;

import centralita.contracts.call.EndReason;
import centralita.gateway.MediaLoop;
import centralita.livestate.LiveCall;
import centralita.livestate.LiveKeys;
import centralita.livestate.LiveScript;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Live state, asked with little patience: every future here completes within the configured time, failed if need be, and
 * after failures in a row Redis is left alone for a moment (F-S3). Callers decide on their own then. Event loop only.
 */
@Singleton
public class LiveStore {
    private static final Logger LOG = Logger.getLogger(LiveStore.class);
    /** What of a call changes while it lives, and is not the bridge's to write. */
    private static final List<String> CHANGING = List.of("bridgeId", "epoch", "streams", "phase");

    private final Redis redis;
    private final MediaLoop loop;
    private final Questions questions;

    LiveStore(Redis redis, MediaLoop loop, Questions questions) {
        this.redis = redis;
        this.loop = loop;
        this.questions = questions;
    }

    /** Opens connections and loads the scripts, before the first caller waits for them. */
    void start(@Observes StartupEvent started) {
        loop.run(() -> {
            var orders = Stream.of(LiveScript.values())
                    .map(script ->
                            redis.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.text())))
                    .toList();
            questions
                    .look(() -> Future.all(orders).<Void>mapEmpty())
                    .onFailure(failure -> LOG.infof(
                            "Redis' scripts are loaded when they are needed. reason=\"%s\"", failure.getMessage()));
        });
    }

    /** Redis gave no answer in time. Carries no stack: it is an everyday thing while Redis is away. */
    public static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnavailableException(String why) {
            super(why, null, false, false);
        }
    }

    /** Writes a new call, or tells which call already has this provider's id. */
    public Future<UUID> receive(LiveCall call) {
        return questions
                .script(LiveScript.RECEIVE_CALL, keysOf(call), received(call))
                .map(known -> UUID.fromString(text(known)));
    }

    /**
     * Writes a call of which Redis may know nothing, or less than the gateway that holds it: nobody waits for it.
     *
     * @param gatewayId of who has its stream; empty when nobody has
     * @return whether anything was written
     */
    public Future<Boolean> restore(LiveCall call, Optional<String> gatewayId) {
        var rest = call.toFields();
        var changing = new LinkedHashMap<String, String>();
        for (var name : CHANGING) {
            var value = rest.remove(name);
            if (value != null) {
                changing.put(name, value);
            }
        }
        gatewayId.ifPresent(id -> changing.put("gateway", id));
        var arguments = new ArrayList<String>();
        arguments.add(call.callId().toString());
        arguments.add(seconds(LiveKeys.CALL_TTL));
        arguments.add(seconds(LiveKeys.WEBHOOK_TTL));
        arguments.add(Long.toString(call.epoch()));
        arguments.add(Integer.toString(call.streams()));
        arguments.add(Integer.toString(2 * changing.size()));
        add(arguments, changing);
        add(arguments, rest);
        return questions
                .insist(LiveScript.RESTORE_CALL, keysOf(call), arguments)
                .map(written -> written != null && written.toInteger() == 1);
    }

    private static List<String> keysOf(LiveCall call) {
        return List.of(LiveKeys.callSid(call.callSid()), LiveKeys.call(call.callId()));
    }

    private static List<String> received(LiveCall call) {
        var arguments = new ArrayList<String>();
        arguments.add(call.callId().toString());
        arguments.add(seconds(LiveKeys.CALL_TTL));
        arguments.add(seconds(LiveKeys.WEBHOOK_TTL));
        add(arguments, call.toFields());
        return arguments;
    }

    private static void add(List<String> arguments, Map<String, String> fields) {
        fields.forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
    }

    public Future<Optional<LiveCall>> call(UUID callId) {
        return questions.ask(callRequest(callId)).map(answer -> call(callId, answer));
    }

    /**
     * The call, asked for again and again, even while Redis is left alone: for one that another gateway knows, where going
     * on without an answer costs the caller the bridge that waits for him.
     */
    public Future<Optional<LiveCall>> callPatiently(UUID callId) {
        return questions.patiently(callRequest(callId)).map(answer -> call(callId, answer));
    }

    private static Request callRequest(UUID callId) {
        return Request.cmd(Command.HGETALL).arg(LiveKeys.call(callId));
    }

    private static Optional<LiveCall> call(UUID callId, @Nullable Response answer) {
        var fields = RedisHash.fields(answer);
        return fields.isEmpty() ? Optional.empty() : Optional.of(LiveCall.of(callId, fields));
    }

    public Future<Optional<UUID>> callOf(String callSid) {
        return get(LiveKeys.callSid(callSid)).map(found -> found.map(UUID::fromString));
    }

    /** @return the new epoch; 0 when the call is unknown */
    public Future<Long> own(UUID callId, String bridgeId, long knownEpoch, long wallClockMs) {
        var arguments =
                List.of(bridgeId, Long.toString(knownEpoch), Long.toString(wallClockMs), seconds(LiveKeys.CALL_TTL));
        return questions
                .script(LiveScript.OWN_CALL, List.of(LiveKeys.call(callId)), arguments)
                .map(epoch -> epoch == null ? 0L : Long.parseLong(epoch.toString()));
    }

    /** What became of fields that were to be set. */
    public enum Updated {
        DONE,
        /** Another owner came later. */
        STALE,
        /** Redis knows no such call. */
        UNKNOWN
    }

    /** Sets fields unless the epoch is stale; nobody waits for it. */
    public Future<Updated> update(UUID callId, long epoch, Map<String, String> fields) {
        var arguments = new ArrayList<String>();
        arguments.add(Long.toString(epoch));
        arguments.add(seconds(LiveKeys.CALL_TTL));
        add(arguments, fields);
        return questions
                .insist(LiveScript.UPDATE_CALL, List.of(LiveKeys.call(callId)), arguments)
                .map(done -> switch (done == null ? 0 : done.toInteger()) {
                    case 1 -> Updated.DONE;
                    case -1 -> Updated.UNKNOWN;
                    default -> Updated.STALE;
                });
    }

    /**
     * Marks a call as ending, even while Redis is left alone: who does not find it takes the call up again.
     *
     * @return the reason that stands; empty when the call is unknown
     */
    public Future<Optional<EndReason>> end(UUID callId, EndReason reason) {
        return questions
                .insist(LiveScript.END_CALL, List.of(LiveKeys.call(callId)), List.of(reason.name()))
                .map(stands -> stands == null ? Optional.empty() : Optional.of(EndReason.valueOf(stands.toString())));
    }

    /** @return whether nobody has claimed this key before */
    public Future<Boolean> claim(String key, Duration lifetime) {
        return questions
                .ask(Request.cmd(Command.SET)
                        .arg(key)
                        .arg("1")
                        .arg("NX")
                        .arg("EX")
                        .arg(seconds(lifetime)))
                .map(answer -> answer != null);
    }

    /** Takes a claim back: what it was for could not be done. One that fails stays. */
    public void release(String key) {
        questions.ask(Request.cmd(Command.DEL).arg(key));
    }

    public Future<Optional<String>> get(String key) {
        return questions
                .ask(Request.cmd(Command.GET).arg(key))
                .map(answer -> Optional.ofNullable(answer).map(Response::toString));
    }

    /** Keeps a value for so long. */
    public Future<Void> set(String key, String value, Duration lifetime) {
        return questions
                .ask(Request.cmd(Command.SET).arg(key).arg(value).arg("EX").arg(seconds(lifetime)))
                .mapEmpty();
    }

    /** Values of several keys, in order. */
    public Future<List<Optional<String>>> getAll(List<String> keys) {
        return questions.ask(valuesRequest(keys)).map(answer -> values(keys, answer));
    }

    /**
     * The same, asked for again and again, even while Redis is left alone: where going on without makes a wrong answer.
     *
     * @param untilMs as {@link #patience} tells it
     */
    public Future<List<Optional<String>>> getAllUntil(List<String> keys, long untilMs) {
        return questions.until(valuesRequest(keys), untilMs).map(answer -> values(keys, answer));
    }

    /** When the patience of somebody who begins to ask now will be at its end, by the loop's clock. */
    public long patience() {
        return questions.patience();
    }

    private static Request valuesRequest(List<String> keys) {
        var request = Request.cmd(Command.MGET);
        keys.forEach(request::arg);
        return request;
    }

    private static List<Optional<String>> values(List<String> keys, @Nullable Response answer) {
        var values = new ArrayList<Optional<String>>(keys.size());
        for (var i = 0; i < keys.size(); i++) {
            values.add(
                    Optional.ofNullable(answer == null ? null : answer.get(i)).map(Response::toString));
        }
        return values;
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private static String text(@Nullable Response response) {
        if (response == null) {
            throw new IllegalStateException("Redis answered nothing");
        }
        return response.toString();
    }
}
