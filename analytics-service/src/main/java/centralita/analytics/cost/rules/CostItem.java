package centralita.analytics.cost.rules;

import centralita.contracts.call.Tokens;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Something that a vendor bills for, summed over one day (UTC). */
public sealed interface CostItem {
    LocalDate day();

    /** Tokens of a model. */
    record Model(LocalDate day, String provider, String model, Tokens tokens) implements CostItem {}

    /** Seconds or tokens of a transcription, by how the vendor bills it. */
    record Transcription(LocalDate day, String provider, String model, BigDecimal seconds, Tokens tokens)
            implements CostItem {}

    /**
     * @param item {@code inbound}, {@code outbound}, {@code media-stream}, or {@code unknown} for a call whose direction
     *     nobody told
     * @param minutes whole minutes, each leg rounded up for itself
     */
    record Telephony(LocalDate day, String item, long minutes) implements CostItem {}
}
