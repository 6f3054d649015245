package centralita.livestate;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.id.UuidV7;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F-R5, F-S1, TH-11: reservations and budgets against a real Redis 6.2. */
class AdmissionScriptIT {
    private static final long LONG_MS = 900_000;
    private static final long FADING_MS = 600_000;

    private static RedisCli redis;

    private final String caller = UuidV7.next().toString();
    private final String model = "model-" + caller;
    private final String budget = LiveKeys.modelBudget("test", model);
    private final String day = LiveKeys.tokensOfDay("test", model, LocalDate.of(2026, 11, 23));

    @BeforeAll
    static void connect() {
        redis = new RedisCli();
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.send("del", LiveKeys.ADMITTED_INBOUND, LiveKeys.ADMITTED_OUTBOUND, LiveKeys.CALL_RATE);
    }

    @Test
    void twentyCallsAtOnceGetNoMoreThanTheRoomThereIs_FR5() {
        // When
        var answers = IntStream.range(0, 20)
                .mapToObj(call -> redis.later(
                        LiveScript.ADMIT_CALL,
                        keys("caller-" + call),
                        "CA" + call,
                        "inbound",
                        LONG_MS,
                        6,
                        5,
                        -1,
                        -1,
                        -1,
                        -1))
                .toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();

        // Then
        assertThat(answers.stream().map(answer -> answer.join().toString()).filter("admitted"::equals))
                .hasSize(6);
        assertThat(redis.send("zcard", LiveKeys.ADMITTED_INBOUND).toLong()).isEqualTo(6);
    }

    @Test
    void outboundCallsLeaveTheShareOfInboundOnesAlone() {
        // Given
        assertThat(admit("CA1", "outbound", 4, 3, -1)).isEqualTo("admitted");
        assertThat(admit("CA2", "outbound", 4, 3, -1)).isEqualTo("admitted");
        assertThat(admit("CA3", "outbound", 4, 3, -1)).isEqualTo("admitted");

        // When
        var outbound = admit("CA4", "outbound", 4, 3, -1);
        var inbound = admit("CA5", "inbound", 4, 3, -1);
        var another = admit("CA6", "inbound", 4, 3, -1);

        // Then
        assertThat(List.of(outbound, inbound, another)).isEqualTo(List.of("inbound-share", "admitted", "no-bridge"));
    }

    @Test
    void aModelsBudgetIsALimitOfItsOwn() {
        // Given
        assertThat(admit("CA1", "inbound", 10, 10, 1)).isEqualTo("admitted");

        // When, then
        assertThat(admit("CA2", "inbound", 10, 10, 1)).isEqualTo("no-budget");
    }

    @Test
    void aRepeatedWebhookReservesOnceAndAnEndedCallGivesItsRoomBack() {
        // Given
        admit("CA1", "inbound", 1, 1, -1);

        // When, then
        assertThat(admit("CA1", "inbound", 1, 1, -1)).isEqualTo("admitted");
        assertThat(redis.send("zcard", LiveKeys.ADMITTED_INBOUND).toLong()).isEqualTo(1);
        assertThat(redis.run(LiveScript.RELEASE_CALL, keys(caller).subList(0, 4), "CA1")
                        .toLong())
                .isEqualTo(3);
        assertThat(admit("CA2", "inbound", 1, 1, -1)).isEqualTo("admitted");
    }

    @Test
    void aReservationThatNobodyGaveBackLapses() {
        // Given: one that lives no time at all
        var answer = redis.run(LiveScript.ADMIT_CALL, keys(caller), "CA1", "inbound", 0, 1, 1, -1, -1, -1, -1);
        assertThat(answer.toString()).isEqualTo("admitted");

        // When, then
        assertThat(admit("CA2", "inbound", 1, 1, -1)).isEqualTo("admitted");
    }

    @Test
    void aCallerHasTwoCallsAtATimeAndTenInAnHour_TH11() {
        // Given
        assertThat(callerAdmitted("CA1")).isEqualTo("admitted");
        assertThat(callerAdmitted("CA2")).isEqualTo("admitted");

        // When
        var third = callerAdmitted("CA3");
        IntStream.rangeClosed(3, 10).forEach(call -> {
            release("CA" + (call - 2));
            assertThat(callerAdmitted("CA" + call)).isEqualTo("admitted");
        });
        release("CA9");
        release("CA10");

        // Then
        assertThat(List.of(third, callerAdmitted("CA11"))).isEqualTo(List.of("caller-concurrency", "caller-rate"));
        assertThat(redis.ttl(LiveKeys.callerHour(caller))).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void theReservationsOfAForgottenCallAreWrittenAgainWhateverTheLimitsAre_FS1() {
        // Given: a full house, as far as Redis knows
        admit("CA1", "inbound", 1, 1, -1);

        // When: a call that was admitted 60 s ago
        var missing = readmit("CA2", LONG_MS - 60_000, 60_000);

        // Then: it is counted everywhere, and lapses when it would have
        assertThat(missing).isEqualTo(4);
        var lapse = score(LiveKeys.ADMITTED_INBOUND, "CA1") - score(LiveKeys.ADMITTED_INBOUND, "CA2");
        assertThat(lapse).isCloseTo(60_000, Offset.offset(5_000.0));
        assertThat(score(LiveKeys.admittedToModel("test", model), "CA2")).isPositive();
        assertThat(callerAdmitted("CA3")).isEqualTo("caller-concurrency");

        // When: it is over
        release("CA1");
        release("CA2");

        // Then
        assertThat(admit("CA3", "inbound", 1, 1, -1)).isEqualTo("admitted");
    }

    @Test
    void aReservationThatIsThereStaysAsItIsHoweverOftenItIsWrittenAgain_FS1() {
        // Given
        admit("CA1", "inbound", 1, 1, -1);
        var before = score(LiveKeys.ADMITTED_INBOUND, "CA1");

        // When
        var missing = List.of(readmit("CA1", 2 * LONG_MS, 0), readmit("CA1", 1, 0));

        // Then
        assertThat(missing).isEqualTo(List.of(0L, 0L));
        assertThat(score(LiveKeys.ADMITTED_INBOUND, "CA1")).isEqualTo(before);
        assertThat(redis.send("zcard", LiveKeys.callerCalls(caller)).toLong()).isEqualTo(1);
    }

    @Test
    void anEmptyRedisKeepsWhatIsWrittenAgainNoLongerThanItLives_FS1() {
        // When
        readmit("CA1", LONG_MS, 3_000_000);

        // Then
        assertThat(redis.ttl(LiveKeys.ADMITTED_INBOUND)).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
        assertThat(redis.ttl(LiveKeys.callerHour(caller))).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void newCallsPerSecondAreLimitedForAllCallersTogether_TH11() {
        // When
        var answers = IntStream.range(0, 20)
                .mapToObj(call -> redis.run(
                                LiveScript.ADMIT_CALL,
                                keys("caller-" + call),
                                "CA" + call,
                                "inbound",
                                LONG_MS,
                                100,
                                100,
                                -1,
                                2,
                                10,
                                1)
                        .toString())
                .toList();

        // Then: one at once, and one more for each second that this took
        assertThat(answers.getFirst()).isEqualTo("admitted");
        assertThat(answers).contains("call-rate");
    }

    @Test
    void whatTheProviderSaysIsLeftIsLeftAndFillsAgain() {
        // Given: the provider's word
        assertThat(spend(0, 0, 60_000, 30_000)).isEqualTo(30_000);

        // When: used without its word
        var left = spend(10_000, 60_000, 0, -1);

        // Then: 1,000 a second have come back meanwhile
        assertThat(left).isBetween(20_000L, 40_000L);
        var known = ModelBudget.of(redis.hash(budget));
        assertThat(List.of(known.limit(), known.level())).isEqualTo(List.of(60_000L, left));
        assertThat(known.leftAt(known.atMs() + 1_000)).isEqualTo(left + 1_000);
        assertThat(known.leftAt(known.atMs() + 600_000)).isEqualTo(60_000);
        assertThat(redis.send("get", day).toString()).isEqualTo("10000");
    }

    @Test
    void withoutALimitOnlyWhatCallsUseIsKept() {
        // When
        var left = spend(4_000, 60_000, 0, -1);
        spend(2_000, 120_000, 0, -1);

        // Then
        assertThat(left).isEqualTo(-1);
        var known = ModelBudget.of(redis.hash(budget));
        assertThat(known.limit()).isEqualTo(0);
        assertThat(known.tokensPerCallMinute(9, 180_001)).isEqualTo(9);
        assertThat(known.tokensPerCallMinute(9, 60_000)).isCloseTo(2_000, Offset.offset(50.0));
    }

    @Test
    void bridgesThatSpendAtOnceLoseNothing() {
        // When
        var spent = IntStream.range(0, 20)
                .mapToObj(_ -> redis.later(
                        LiveScript.SPEND_TOKENS, List.of(budget, day), 100, 1_000, 1_000_000, -1, FADING_MS, 60, 60))
                .toList();
        CompletableFuture.allOf(spent.toArray(CompletableFuture[]::new)).join();

        // Then
        assertThat(redis.send("get", day).toString()).isEqualTo("2000");
        assertThat(ModelBudget.of(redis.hash(budget)).callMs()).isCloseTo(20_000, Offset.offset(1_000.0));
    }

    private List<String> keys(String of) {
        return List.of(
                LiveKeys.ADMITTED_INBOUND,
                LiveKeys.ADMITTED_OUTBOUND,
                LiveKeys.admittedToModel("test", model),
                LiveKeys.callerCalls(of),
                LiveKeys.callerHour(of),
                LiveKeys.CALL_RATE);
    }

    private String admit(String callSid, String direction, int calls, int outbound, int ofModel) {
        return redis.run(
                        LiveScript.ADMIT_CALL,
                        keys(caller),
                        callSid,
                        direction,
                        LONG_MS,
                        calls,
                        outbound,
                        ofModel,
                        -1,
                        -1,
                        -1)
                .toString();
    }

    private String callerAdmitted(String callSid) {
        return redis.run(LiveScript.ADMIT_CALL, keys(caller), callSid, "inbound", LONG_MS, 100, 100, -1, 2, 10, -1)
                .toString();
    }

    private long readmit(String callSid, long leftMs, long ageMs) {
        return redis.run(
                        LiveScript.READMIT_CALL,
                        List.of(
                                LiveKeys.ADMITTED_INBOUND,
                                LiveKeys.admittedToModel("test", model),
                                LiveKeys.callerCalls(caller),
                                LiveKeys.callerHour(caller)),
                        callSid,
                        leftMs,
                        ageMs)
                .toLong();
    }

    private double score(String key, String callSid) {
        return Double.parseDouble(redis.send("zscore", key, callSid).toString());
    }

    private void release(String callSid) {
        redis.run(LiveScript.RELEASE_CALL, keys(caller).subList(0, 4), callSid);
    }

    private long spend(long tokens, long callMs, long limit, long left) {
        return redis.run(LiveScript.SPEND_TOKENS, List.of(budget, day), tokens, callMs, limit, left, FADING_MS, 60, 60)
                .toLong();
    }
}
