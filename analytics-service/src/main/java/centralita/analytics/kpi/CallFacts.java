package centralita.analytics.kpi;

import centralita.analytics.cost.rules.Cost.Line;
import centralita.analytics.cost.rules.Cost.Unpriced;
import centralita.contracts.call.Tokens;
import centralita.contracts.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All facts of one call. Null is what nobody has told us (yet).
 *
 * @param startedAt time of its first event
 * @param successful as in {@link Summary}; null while it has not ended
 */
public record CallFacts(
        UUID callId,
        Instant startedAt,
        String direction,
        @Nullable String assistantId,
        @Nullable Integer assistantVersion,
        @Nullable String language,
        @Nullable String campaignId,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable Long talkTimeMs,
        @Nullable Boolean successful,
        CostOfCall cost,
        List<Turn> turns,
        List<BargeIn> bargeIns,
        List<ToolCall> toolCalls,
        List<Usage> usage,
        List<MediaStream> mediaStreams,
        List<Quality> quality) {

    /** @param pricesAsOf the day of the price table */
    record CostOfCall(List<Money> totals, List<Line> lines, List<Unpriced> unpriced, LocalDate pricesAsOf) {}

    record Turn(
            Instant at,
            int turn,
            String trigger,
            long callerSpeechMs,
            @Nullable Long firstAudioMs,
            long audioMs,
            long heardMs,
            boolean interrupted) {}

    record BargeIn(Instant at, long heardMs, long madeMs, long reactionMs) {}

    record ToolCall(Instant at, String tool, String outcome, long durationMs) {}

    /** @param kind {@code MODEL} or {@code TRANSCRIPTION} @param status of the response; null for a transcription */
    record Usage(
            Instant at,
            String kind,
            String provider,
            String model,
            @Nullable String status,
            BigDecimal seconds,
            Tokens tokens) {}

    /** How what one bridge served sounded; figures as in {@link centralita.contracts.call.CallQuality}. */
    record Quality(
            Instant at,
            long durationMs,
            BigDecimal mos,
            BigDecimal rFactor,
            long talkOverMs,
            int holes,
            long missingMs,
            long longestGapMs,
            long jitterMicros,
            long lateFrames,
            long droppedMs,
            int underruns,
            long underrunMs) {}

    record MediaStream(Instant endedAt, String reason, long durationMs, long missingFrames) {}
}
