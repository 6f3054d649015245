package centralita.livestate;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.id.UuidV7;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What all bridges together know of a provider of models, against a real Redis 6.2 (F-O2). */
class ReportModelIT {
    private static final long LONG_REST_MS = 60_000;

    private static RedisCli redis;

    private final String key = LiveKeys.modelBreaker("p" + UuidV7.next());

    @BeforeAll
    static void connect() {
        redis = new RedisCli();
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    private record Verdict(String phase, boolean rests, int probes) {}

    private Verdict report(int good, int bad, boolean certain, long restMs) {
        var answer = redis.run(
                LiveScript.REPORT_MODEL,
                List.of(key),
                good,
                bad,
                certain ? 1 : 0,
                10,
                50,
                restMs,
                3,
                LiveKeys.MODEL_BREAKER_TTL.toSeconds());
        return new Verdict(
                answer.get(0).toString(),
                answer.get(1).toLong() > 0,
                answer.get(2).toInteger());
    }

    @Test
    void failuresOfSeveralBridgesOpenItForAll() {
        // When
        var nine = report(4, 5, false, LONG_REST_MS);
        var ten = report(0, 1, false, LONG_REST_MS);
        var other = report(0, 0, false, LONG_REST_MS);

        // Then
        assertThat(nine).isEqualTo(new Verdict("closed", false, 0));
        assertThat(ten).isEqualTo(new Verdict("open", true, 0));
        assertThat(other).isEqualTo(new Verdict("open", true, 0));
        assertThat(redis.ttl(key)).isPositive();
    }

    @Test
    void manyAnswersOutweighSomeFailures() {
        assertThat(report(30, 29, false, LONG_REST_MS).phase()).isEqualTo("closed");
        assertThat(report(0, 1, false, LONG_REST_MS).phase()).isEqualTo("open");
    }

    @Test
    void threeGoodProbesOfAnyBridgesCloseItAgain() {
        // Given: it rests for no time at all
        report(0, 10, false, 0);

        // When
        var first = report(1, 0, false, LONG_REST_MS);
        var second = report(1, 0, false, LONG_REST_MS);
        var third = report(1, 0, false, LONG_REST_MS);
        var after = report(1, 1, false, LONG_REST_MS);

        // Then
        assertThat(first).isEqualTo(new Verdict("half-open", false, 1));
        assertThat(second).isEqualTo(new Verdict("half-open", false, 2));
        assertThat(third).isEqualTo(new Verdict("closed", false, 0));
        assertThat(after).isEqualTo(new Verdict("closed", false, 0));
    }

    @Test
    void aBadProbeLetsItRestAgain() {
        // Given
        report(0, 10, false, 0);
        report(1, 0, false, LONG_REST_MS);

        // When, then
        assertThat(report(0, 1, false, LONG_REST_MS)).isEqualTo(new Verdict("open", true, 0));
    }

    @Test
    void anEmptyAccountNeedsNoSecondProof() {
        assertThat(report(100, 0, true, LONG_REST_MS)).isEqualTo(new Verdict("open", true, 0));
    }

    @Test
    void reportsOfManyBridgesAtOnceAreAllCounted() {
        // When
        var reports = IntStream.range(0, 20)
                .mapToObj(_ -> redis.later(
                        LiveScript.REPORT_MODEL,
                        List.of(key),
                        1,
                        0,
                        0,
                        1_000,
                        50,
                        LONG_REST_MS,
                        3,
                        LiveKeys.MODEL_BREAKER_TTL.toSeconds()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(reports).join();

        // Then
        var counted = redis.hash(key).entrySet().stream()
                .filter(field -> field.getKey().startsWith("good:"))
                .mapToInt(field -> Integer.parseInt(field.getValue()))
                .sum();
        assertThat(counted).isEqualTo(20);
    }
}
