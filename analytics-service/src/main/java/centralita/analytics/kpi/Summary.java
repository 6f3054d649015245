package centralita.analytics.kpi;

import centralita.analytics.cost.rules.Cost.Line;
import centralita.analytics.cost.rules.Cost.Unpriced;
import centralita.contracts.call.Tokens;
import centralita.contracts.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures over the calls of a period.
 *
 * @param successRate successful calls by ended calls, 0 to 1, four decimals; null when no call has ended. A call is
 *     successful when it was answered and ended by one of the two (outcome COMPLETED), nothing of ours failed it, and the
 *     assistant spoke at least once
 * @param tokens of the model; what transcription used is in the cost only
 * @param averageTalkTimeMs over ended calls that were answered; null for none
 */
public record Summary(
        Instant from,
        Instant to,
        @Nullable String direction,
        @Nullable String assistantId,
        Calls calls,
        @Nullable BigDecimal successRate,
        @Nullable Long averageTalkTimeMs,
        FirstAudio firstAudio,
        long turns,
        long bargeIns,
        ToolCalls toolCalls,
        Sound sound,
        Tokens tokens,
        CostOfCalls cost) {

    /** @param open calls that have not ended, as far as we were told */
    record Calls(long total, long open, long ended, long successful) {}

    /**
     * From the end of the caller's speech to the first audio of the answer.
     *
     * @param answers how many there were; the percentiles are null when there was none
     */
    record FirstAudio(
            long answers,
            @Nullable Long p50Ms,
            @Nullable Long p95Ms,
            @Nullable Long p99Ms) {}

    /**
     * How conversations sounded, by the E-model.
     *
     * @param rated conversations whose sound was measured; the others are null when it is 0
     * @param averageMos weighted by their length
     * @param p5Mos nineteen of twenty sounded at least so well
     */
    record Sound(
            long rated,
            @Nullable BigDecimal averageMos,
            @Nullable BigDecimal p5Mos) {}

    record ToolCalls(long total, long ok, long failed, long refused) {}

    /**
     * @param totals one per currency
     * @param perCall the totals divided by all calls of the period
     * @param unpriced what no price is known for, and what is therefore missing in the totals
     * @param pricesAsOf the day of the price table
     */
    record CostOfCalls(
            List<Money> totals, List<Money> perCall, List<Line> lines, List<Unpriced> unpriced, LocalDate pricesAsOf) {}
}
