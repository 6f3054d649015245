package centralita.analytics.cost.rules;

import centralita.analytics.cost.rules.Cost.Line;
import centralita.analytics.cost.rules.Cost.Unpriced;
import centralita.contracts.call.Tokens;
import centralita.contracts.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From items and a price table to a cost. Pure, exact to the last digit of the prices; only what is shown is rounded, to
 * six decimals, half up.
 */
public final class CostRules {
    private static final int SHOWN_DECIMALS = 6;
    private static final BigDecimal SECONDS_PER_MINUTE = BigDecimal.valueOf(60);

    private CostRules() {}

    /** An amount that is not rounded yet. */
    private record Exact(String kind, String item, Money amount) {}

    /** What has no price, whatever the day. */
    private record Named(String kind, String provider, String item, String unit) {}

    /** @param items in any order; the same item of several days becomes one line */
    public static Cost cost(List<CostItem> items, Prices prices) {
        var exact = new ArrayList<Exact>();
        var unpriced = new LinkedHashMap<Named, BigDecimal>();
        for (var item : items) {
            priced(item, prices)
                    .ifPresentOrElse(exact::add, () -> unpriced.merge(named(item), quantity(item), BigDecimal::add));
        }
        return new Cost(
                totals(exact),
                lines(exact),
                unpriced.entrySet().stream()
                        .map(entry -> new Unpriced(
                                entry.getKey().kind(),
                                entry.getKey().provider(),
                                entry.getKey().item(),
                                entry.getValue().stripTrailingZeros().toPlainString(),
                                entry.getKey().unit()))
                        .sorted(Comparator.comparing(Unpriced::kind)
                                .thenComparing(Unpriced::provider)
                                .thenComparing(Unpriced::item))
                        .toList());
    }

    /** An amount divided by a number of calls, rounded as it is shown. */
    public static Money perCall(Money total, long calls) {
        return new Money(
                total.amount().divide(BigDecimal.valueOf(calls), SHOWN_DECIMALS, RoundingMode.HALF_UP),
                total.currency());
    }

    private static Optional<Exact> priced(CostItem item, Prices prices) {
        return switch (item) {
            case CostItem.Model used ->
                prices.model(used.provider(), used.model(), used.day())
                        .map(price -> new Exact(
                                "MODEL", price.model(), new Money(tokens(used.tokens(), price), price.currency())));
            case CostItem.Transcription used ->
                prices.transcription(used.provider(), used.model(), used.day())
                        .map(price -> new Exact(
                                "TRANSCRIPTION",
                                price.model(),
                                new Money(transcription(used, price), price.currency())));
            case CostItem.Telephony used ->
                prices.telephony(used.item(), used.day())
                        .map(price -> new Exact(
                                "TELEPHONY",
                                price.item(),
                                new Money(
                                        price.perMinute().multiply(BigDecimal.valueOf(used.minutes())),
                                        price.currency())));
        };
    }

    private static BigDecimal tokens(Tokens tokens, Prices.Model price) {
        return perMillion(tokens.textIn() - tokens.textCached(), price.textIn())
                .add(perMillion(tokens.textCached(), price.textCached()))
                .add(perMillion(tokens.audioIn() - tokens.audioCached(), price.audioIn()))
                .add(perMillion(tokens.audioCached(), price.audioCached()))
                .add(perMillion(tokens.textOut(), price.textOut()))
                .add(perMillion(tokens.audioOut(), price.audioOut()));
    }

    private static BigDecimal transcription(CostItem.Transcription used, Prices.Transcription price) {
        // Prices per minute do not always end when divided by 60; twelve decimals are a millionth of what is shown.
        var byTime = used.seconds().multiply(price.perMinute()).divide(SECONDS_PER_MINUTE, 12, RoundingMode.HALF_UP);
        var tokens = used.tokens();
        return byTime.add(perMillion(tokens.textIn() + tokens.audioIn(), price.in()))
                .add(perMillion(tokens.textOut() + tokens.audioOut(), price.out()));
    }

    private static BigDecimal perMillion(long tokens, BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }

    private static List<Money> totals(List<Exact> amounts) {
        var byCurrency = new TreeMap<String, Money>();
        amounts.forEach(
                exact -> byCurrency.merge(exact.amount().currency().getCurrencyCode(), exact.amount(), Money::plus));
        return byCurrency.values().stream().map(CostRules::shown).toList();
    }

    private static List<Line> lines(List<Exact> amounts) {
        record Key(String kind, String item, String currency) {}
        Map<Key, Money> sums = new TreeMap<>(
                Comparator.comparing(Key::kind).thenComparing(Key::item).thenComparing(Key::currency));
        amounts.forEach(exact -> sums.merge(
                new Key(exact.kind(), exact.item(), exact.amount().currency().getCurrencyCode()),
                exact.amount(),
                Money::plus));
        return sums.entrySet().stream()
                .map(sum -> new Line(sum.getKey().kind(), sum.getKey().item(), shown(sum.getValue())))
                .toList();
    }

    private static Money shown(Money exact) {
        return new Money(exact.amount().setScale(SHOWN_DECIMALS, RoundingMode.HALF_UP), exact.currency());
    }

    private static Named named(CostItem item) {
        return switch (item) {
            case CostItem.Model used -> new Named("MODEL", used.provider(), used.model(), "tokens");
            case CostItem.Transcription used ->
                new Named(
                        "TRANSCRIPTION",
                        used.provider(),
                        used.model(),
                        used.seconds().signum() > 0 ? "seconds" : "tokens");
            case CostItem.Telephony used -> new Named("TELEPHONY", "telephony", used.item(), "minutes");
        };
    }

    private static BigDecimal quantity(CostItem item) {
        return switch (item) {
            case CostItem.Model used -> BigDecimal.valueOf(all(used.tokens()));
            case CostItem.Transcription used ->
                used.seconds().signum() > 0 ? used.seconds() : BigDecimal.valueOf(all(used.tokens()));
            case CostItem.Telephony used -> BigDecimal.valueOf(used.minutes());
        };
    }

    private static long all(Tokens tokens) {
        return tokens.textIn() + tokens.audioIn() + tokens.textOut() + tokens.audioOut();
    }
}
