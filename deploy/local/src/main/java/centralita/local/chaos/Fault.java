package centralita.local.chaos;

/** Something that goes wrong. Each carries what the seed decided for it. */
sealed interface Fault
        permits BridgeDrained,
                BridgeFrozen,
                BridgeKilled,
                BridgeKilledWithoutRedis,
                BridgeRestarted,
                DeployedWithoutPostgres,
                GatewayKilled,
                GatewayRestarted,
                KafkaGone,
                LinkSwallowed,
                ModelOutOfQuota,
                ModelRefuses,
                ModelSessionsExpired,
                ModelSlow,
                ModelSocketsClosed,
                ModelSocketsCut,
                OrchestratorKilledWithoutKafka,
                PostgresGone,
                RedisEmptied,
                RedisGone,
                RedisSlow {
    /** How the table, {@code --faults} and the report call it. */
    FaultKind kind();

    /** Which process, how long. */
    String detail();

    /**
     * Makes it happen, waits until it is over, and heals it. Blocks.
     *
     * @return what was seen; empty for nothing
     */
    String happen(Arena arena);
}
