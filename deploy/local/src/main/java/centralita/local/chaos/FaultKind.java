package centralita.local.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fault table: what can be asked for, and how the seed makes one of it. */
enum FaultKind {
    /** F-P1. */
    BRIDGE_KILL(dice -> new BridgeKilled(dice.bridge())),
    /** F-P2. */
    BRIDGE_FREEZE(dice -> new BridgeFrozen(dice.bridge(), dice.seconds(4, 8))),
    /** F-P6. */
    BRIDGE_RESTART(dice -> new BridgeRestarted(dice.bridge())),
    /** F-P6. */
    BRIDGE_DRAIN(dice -> new BridgeDrained(dice.bridge())),
    /** F-P3. */
    GATEWAY_KILL(dice -> new GatewayKilled(dice.gateway())),
    /** F-P6. */
    GATEWAY_RESTART(dice -> new GatewayRestarted(dice.gateway())),
    /** F-R7: between gateways and a bridge. */
    LINK_SWALLOWED(dice -> new LinkSwallowed(dice.bridge(), dice.seconds(4, 8))),
    REDIS_GONE(dice -> new RedisGone(dice.seconds(8, 12))),
    /** F-S1. */
    REDIS_EMPTY(dice -> new RedisEmptied(dice.seconds(1, 3))),
    /** F-S3. */
    REDIS_SLOW(dice -> new RedisSlow(500, dice.seconds(5, 10))),
    /** F-K1, in short. */
    KAFKA_GONE(dice -> new KafkaGone(dice.seconds(8, 15))),
    /** F-S4, in short. */
    POSTGRES_GONE(dice -> new PostgresGone(dice.seconds(8, 15))),
    /** F-O1, F-O9. */
    MODEL_CUT(_ -> new ModelSocketsCut()),
    MODEL_CLOSE(dice -> new ModelSocketsClosed(dice.closeCode())),
    /** F-O4. */
    MODEL_EXPIRE(_ -> new ModelSessionsExpired()),
    /** F-O2. */
    MODEL_REFUSE(dice -> new ModelRefuses(429, dice.seconds(1, 2), dice.number(3, 8))),
    /** The handshake succeeds, the response does not. */
    MODEL_QUOTA(dice -> new ModelOutOfQuota(dice.number(1, 4))),
    /** F-O3. */
    MODEL_SLOW(dice -> new ModelSlow(dice.number(2, 6), 3_000)),
    /** F-X1. */
    BRIDGE_KILL_REDIS_GONE(dice -> new BridgeKilledWithoutRedis(dice.bridge(), dice.seconds(3, 6))),
    /** F-X1. */
    ORCHESTRATOR_KILL_KAFKA_GONE(dice -> new OrchestratorKilledWithoutKafka(dice.seconds(8, 15))),
    /** F-X1. */
    DEPLOY_POSTGRES_GONE(dice -> new DeployedWithoutPostgres(dice.bridge(), dice.gateway()));

    private final Function<ChaosDice, Fault> maker;

    FaultKind(Function<ChaosDice, Fault> maker) {
        this.maker = maker;
    }

    Fault make(ChaosDice dice) {
        return maker.apply(dice);
    }

    /** Whether it is done on purpose, as by a deployment: then nothing may be lost, and nobody may have to notice it. */
    boolean planned() {
        return switch (this) {
            case BRIDGE_RESTART, BRIDGE_DRAIN, GATEWAY_RESTART, DEPLOY_POSTGRES_GONE -> true;
            case BRIDGE_KILL,
                    BRIDGE_FREEZE,
                    GATEWAY_KILL,
                    LINK_SWALLOWED,
                    REDIS_GONE,
                    REDIS_EMPTY,
                    REDIS_SLOW,
                    KAFKA_GONE,
                    POSTGRES_GONE,
                    MODEL_CUT,
                    MODEL_CLOSE,
                    MODEL_EXPIRE,
                    MODEL_REFUSE,
                    MODEL_QUOTA,
                    MODEL_SLOW,
                    BRIDGE_KILL_REDIS_GONE,
                    ORCHESTRATOR_KILL_KAFKA_GONE -> false;
        };
    }

    /** As it is written, {@code bridge-kill}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming what is known */
    static FaultKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault \"" + word + "\"; known: " + words()));
    }

    static String words() {
        return Arrays.stream(values()).map(FaultKind::word).collect(Collectors.joining(", "));
    }

    static List<FaultKind> all() {
        return List.of(values());
    }
}
