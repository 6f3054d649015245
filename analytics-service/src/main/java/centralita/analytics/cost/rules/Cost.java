package centralita.analytics.cost.rules;

import centralita.contracts.money.Money;
import java.util.List;

/**
 * What something costs.
 *
 * @param totals one per currency, in the order of their codes; empty when nothing was priced
 * @param lines what the totals are made of, by vendor's item
 * @param unpriced what the price table does not know: it costs something, and nobody told us what
 */
public record Cost(List<Money> totals, List<Line> lines, List<Unpriced> unpriced) {
    /**
     * @param kind {@code MODEL}, {@code TRANSCRIPTION}, {@code TELEPHONY}
     * @param item model or telephony item
     */
    public record Line(String kind, String item, Money amount) {}

    /** @param quantity in {@code unit}: {@code tokens}, {@code seconds} or {@code minutes} */
    public record Unpriced(String kind, String provider, String item, String quantity, String unit) {}
}
