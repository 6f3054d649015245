package centralita.livestate;

import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;

/** The names of the keys in Redis and how long each lives without being written again. */
public final class LiveKeys {
    /** A set of bridge ids; a bridge whose own key is gone is dead and is removed by who notices. */
    public static final String BRIDGES = "bridges";

    /** Without a heartbeat for so long, a bridge's entry is gone. */
    public static final Duration BRIDGE_TTL = Duration.ofSeconds(10);
    /** Longer than any call. */
    public static final Duration CALL_TTL = Duration.ofHours(6);
    /** As long as the provider may repeat itself, and a replay would hurt. */
    public static final Duration WEBHOOK_TTL = Duration.ofHours(24);
    /** Longer than a stream token is accepted. */
    public static final Duration STREAM_TOKEN_TTL = Duration.ofMinutes(10);
    /** Published again every few minutes; the rest is for the orchestrator's holidays. */
    public static final Duration ASSISTANT_TTL = Duration.ofDays(7);

    /** String: stands for as long as Redis knows every assistant and number. Without it, a missing one says nothing. */
    public static final String DIRECTORY = "directory";

    /** Longer than any rest of a provider; then nothing is known of it, and it is asked. */
    public static final Duration MODEL_BREAKER_TTL = Duration.ofHours(1);
    /** A budget that nobody has used for so long says nothing any more. */
    public static final Duration BUDGET_TTL = Duration.ofHours(1);
    /** A day's sum outlives the day in every time zone. */
    public static final Duration DAY_TTL = Duration.ofDays(2);
    /** Without a sign of life for so long, a gateway is gone. */
    public static final Duration GATEWAY_TTL = Duration.ofSeconds(3);

    /** Sorted set: CallSids with a reservation, by the time at which it lapses. */
    public static final String ADMITTED_INBOUND = "admitted:inbound";

    public static final String ADMITTED_OUTBOUND = "admitted:outbound";
    /** Hash: how many new calls may come now. */
    public static final String CALL_RATE = "call-rate";

    private LiveKeys() {}

    /** Sorted set: CallSids of one model with a reservation, by the time at which it lapses. */
    public static String admittedToModel(String provider, String model) {
        return "admitted:model:" + provider + ':' + model;
    }

    /** Sorted set: calls of one caller, by the time at which their reservations lapse. @param caller keyed hash */
    public static String callerCalls(String caller) {
        return "caller-calls:" + caller;
    }

    /** Sorted set: calls of one caller in the last hour, by time. @param caller keyed hash */
    public static String callerHour(String caller) {
        return "caller-hour:" + caller;
    }

    /** Hash: {@link ModelBudget}. */
    public static String modelBudget(String provider, String model) {
        return "model-budget:" + provider + ':' + model;
    }

    /** String: tokens used on one day. @param day in UTC */
    public static String tokensOfDay(String provider, String model, LocalDate day) {
        return "tokens-of-day:" + provider + ':' + model + ':' + day;
    }

    /** Present while a gateway lives. */
    public static String gateway(String gatewayId) {
        return "gateway:" + gatewayId;
    }

    /** Hash: {@link BridgeEntry}. */
    public static String bridge(String bridgeId) {
        return "bridge:" + bridgeId;
    }

    /** Hash: {@link LiveCall}. */
    public static String call(UUID callId) {
        return "call:" + callId;
    }

    /** String: the callId of a provider's call. */
    public static String callSid(String callSid) {
        return "call-sid:" + callSid;
    }

    /** List of JSON texts, oldest first: what a new model session needs to go on. */
    public static String journal(UUID callId) {
        return "journal:" + callId;
    }

    /** Present when a stream token was used. */
    public static String streamToken(String nonce) {
        return "stream-token:" + nonce;
    }

    /** Present when a provider's callback was applied. @param sequence the provider's sequence number or status */
    public static String webhook(String callSid, String source, String sequence) {
        return "webhook:" + callSid + ':' + source + ':' + sequence;
    }

    /** String: {@code paused} or {@code running}, the last word on a call's recording; nothing while nobody said a word. */
    public static String recording(UUID callId) {
        return "recording:" + callId;
    }

    /** String: the assistantId that answers a number of ours. @param number E.164, or {@code *} for all others */
    public static String number(String number) {
        return "number:" + number;
    }

    /** String: the assistant's current version as JSON. */
    public static String assistant(String assistantId) {
        return "assistant:" + assistantId;
    }

    /** Hash: whether a provider of models may be asked, and what was seen of it in the last seconds. */
    public static String modelBreaker(String provider) {
        return "model-breaker:" + provider;
    }
}
