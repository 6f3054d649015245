package centralita.gateway.redis;

import centralita.contracts.call.Direction;
import centralita.livestate.LiveKeys;
import centralita.livestate.LiveScript;
import centralita.livestate.ModelBudget;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reservations, budgets and the lives of gateways in Redis. As patient as {@link Questions}. Event loop only. */
@Singleton
public class AdmissionStore {
    private final Questions questions;

    AdmissionStore(Questions questions) {
        this.questions = questions;
    }

    /**
     * A call that asks for room.
     *
     * @param caller keyed hash of the other party; calls of the same one are counted together
     * @param lifeMs after which the reservation lapses by itself
     */
    public record Claim(
            String callSid, Direction direction, String caller, String provider, String model, long lifeMs) {
        private List<String> keys() {
            return List.of(
                    LiveKeys.ADMITTED_INBOUND,
                    LiveKeys.ADMITTED_OUTBOUND,
                    LiveKeys.admittedToModel(provider, model),
                    LiveKeys.callerCalls(caller));
        }
    }

    /** Negative numbers are no limits. */
    public record Most(
            int calls, int outboundCalls, int callsOfModel, int ofCaller, int ofCallerPerHour, int perSecond) {}

    /**
     * What all gateways have admitted, and what a model has left.
     *
     * @param redisMs Redis' clock, Unix milliseconds
     */
    public record Picture(int inbound, int outbound, int ofModel, ModelBudget budget, long usedToday, long redisMs) {}

    /** Reserves room. @return {@code admitted}, or the limit that is reached */
    public Future<String> admit(Claim claim, Most most) {
        var keys = new java.util.ArrayList<>(claim.keys());
        keys.add(LiveKeys.callerHour(claim.caller));
        keys.add(LiveKeys.CALL_RATE);
        var arguments = List.of(
                claim.callSid,
                claim.direction.name().toLowerCase(Locale.ROOT),
                Long.toString(claim.lifeMs),
                Integer.toString(most.calls),
                Integer.toString(most.outboundCalls),
                Integer.toString(most.callsOfModel),
                Integer.toString(most.ofCaller),
                Integer.toString(most.ofCallerPerHour),
                Integer.toString(most.perSecond));
        return questions
                .script(LiveScript.ADMIT_CALL, keys, arguments)
                .map(answer -> answer == null ? "" : answer.toString());
    }

    /**
     * Writes a reservation that Redis may have forgotten or never heard of; no limit is asked. Nobody waits for it.
     *
     * @param ageMs since the call was admitted; a reservation that would have lapsed by now is not written
     */
    public Future<Void> readmit(Claim claim, long ageMs) {
        var leftMs = claim.lifeMs - ageMs;
        if (leftMs <= 0) {
            return Future.succeededFuture();
        }
        var keys = List.of(
                claim.direction == Direction.OUTBOUND ? LiveKeys.ADMITTED_OUTBOUND : LiveKeys.ADMITTED_INBOUND,
                LiveKeys.admittedToModel(claim.provider, claim.model),
                LiveKeys.callerCalls(claim.caller),
                LiveKeys.callerHour(claim.caller));
        return questions
                .insist(
                        LiveScript.READMIT_CALL,
                        keys,
                        List.of(claim.callSid, Long.toString(leftMs), Long.toString(ageMs)))
                .mapEmpty();
    }

    /** Gives the room back. @param caller whether also the caller's, so that he may call again */
    public Future<Void> release(Claim claim, boolean caller) {
        var keys = caller ? claim.keys() : claim.keys().subList(0, 3);
        return questions
                .script(LiveScript.RELEASE_CALL, keys, List.of(claim.callSid))
                .mapEmpty();
    }

    /** What is admitted and used now. */
    public Future<Picture> picture(String provider, String model, LocalDate today) {
        return questions
                .look(List.of(
                        Request.cmd(Command.TIME),
                        Request.cmd(Command.ZCARD).arg(LiveKeys.ADMITTED_INBOUND),
                        Request.cmd(Command.ZCARD).arg(LiveKeys.ADMITTED_OUTBOUND),
                        Request.cmd(Command.ZCARD).arg(LiveKeys.admittedToModel(provider, model)),
                        Request.cmd(Command.HGETALL).arg(LiveKeys.modelBudget(provider, model)),
                        Request.cmd(Command.GET).arg(LiveKeys.tokensOfDay(provider, model, today))))
                .map(AdmissionStore::picture);
    }

    private static Picture picture(List<@Nullable Response> answers) {
        var time = answers.get(0);
        return new Picture(
                (int) number(answers.get(1)),
                (int) number(answers.get(2)),
                (int) number(answers.get(3)),
                ModelBudget.of(RedisHash.fields(answers.get(4))),
                number(answers.get(5)),
                time == null ? 0 : time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000);
    }

    private static long number(@Nullable Response answer) {
        return answer == null ? 0 : answer.toLong();
    }

    /**
     * Says that a gateway lives, even while Redis is left alone.
     *
     * @param number of this sign of life
     * @return the number of the sign that stood there before; empty when there was none
     */
    public Future<OptionalLong> alive(String gatewayId, long number) {
        var request = Request.cmd(Command.SET)
                .arg(LiveKeys.gateway(gatewayId))
                .arg(number)
                .arg("PX")
                .arg(LiveKeys.GATEWAY_TTL.toMillis())
                .arg("GET");
        return questions.look(List.of(request)).map(answers -> {
            var before = answers.getFirst();
            return before == null ? OptionalLong.empty() : OptionalLong.of(before.toLong());
        });
    }

    /** Whether a gateway lives; fails when Redis does not say. */
    public Future<Boolean> isAlive(String gatewayId) {
        return questions
                .ask(Request.cmd(Command.GET).arg(LiveKeys.gateway(gatewayId)))
                .map(found -> found != null);
    }

    /** The gateway that had the call's last stream; empty when it had none. */
    public Future<String> gatewayOf(UUID callId) {
        return questions
                .ask(Request.cmd(Command.HGET).arg(LiveKeys.call(callId)).arg("gateway"))
                .map(found -> found == null ? "" : found.toString());
    }
}
