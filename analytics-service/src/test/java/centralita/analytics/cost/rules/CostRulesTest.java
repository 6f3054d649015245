package centralita.analytics.cost.rules;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.analytics.cost.rules.Cost.Line;
import centralita.analytics.cost.rules.Cost.Unpriced;
import centralita.contracts.call.Tokens;
import centralita.contracts.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CostRulesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Prices PRICES = new Prices(
            DAY,
            List.of(
                    model(
                            "openai",
                            "gpt-realtime-2.1",
                            LocalDate.EPOCH,
                            "4.00",
                            "0.40",
                            "24.00",
                            "32.00",
                            "0.40",
                            "64.00"),
                    model("openai", "dear", LocalDate.EPOCH, "1", "1", "1", "1", "1", "1"),
                    model("openai", "dear", LocalDate.of(2026, 11, 1), "2", "2", "2", "2", "2", "2"),
                    model("openai", "dear", LocalDate.of(2027, 1, 1), "9", "9", "9", "9", "9", "9"),
                    new Prices.Model(
                            "azure",
                            "gpt-realtime-2.1",
                            LocalDate.EPOCH,
                            EUR,
                            decimal("5"),
                            decimal("5"),
                            decimal("5"),
                            decimal("5"),
                            decimal("5"),
                            decimal("5"))),
            List.of(
                    new Prices.Transcription(
                            "openai",
                            "gpt-transcribe",
                            LocalDate.EPOCH,
                            USD,
                            decimal("0.0045"),
                            BigDecimal.ZERO,
                            BigDecimal.ZERO),
                    new Prices.Transcription(
                            "openai",
                            "gpt-4o-transcribe",
                            LocalDate.EPOCH,
                            USD,
                            BigDecimal.ZERO,
                            decimal("2.50"),
                            decimal("10"))),
            List.of(
                    new Prices.Telephony("inbound", LocalDate.EPOCH, USD, decimal("0.0085")),
                    new Prices.Telephony("media-stream", LocalDate.EPOCH, USD, decimal("0.0040"))));

    @ParameterizedTest(name = "{0}")
    @MethodSource("items")
    void anItemCostsWhatThePriceListSays(String what, CostItem item, String amount) {
        // When
        var cost = CostRules.cost(List.of(item), PRICES);

        // Then
        assertThat(cost.totals()).isEqualTo(List.of(Money.of(amount, "USD")));
        assertThat(cost.unpriced()).isEmpty();
    }

    static Stream<Arguments> items() {
        return Stream.of(
                Arguments.of("a million of each, nothing cached", used(1_000_000, 0, 1_000_000, 0, 0, 0), "36.000000"),
                Arguments.of("cached tokens are a part", used(1_000_000, 1_000_000, 0, 0, 0, 0), "0.400000"),
                Arguments.of("half of the audio cached", used(0, 0, 1_000, 500, 0, 0), "0.016200"),
                Arguments.of("output", used(0, 0, 0, 0, 100, 1_200), "0.079200"),
                Arguments.of("less than is shown", used(1, 1, 0, 0, 0, 0), "0.000000"),
                Arguments.of(
                        "a dated snapshot",
                        new CostItem.Model(
                                DAY, "openai", "gpt-realtime-2.1-2026-05-01", new Tokens(0, 0, 0, 0, 0, 1_000_000)),
                        "64.000000"),
                Arguments.of(
                        "the day's price",
                        new CostItem.Model(DAY, "OpenAI", "dear", new Tokens(1_000_000, 0, 0, 0, 0, 0)),
                        "2.000000"),
                Arguments.of(
                        "an older day's price",
                        new CostItem.Model(
                                LocalDate.of(2026, 10, 31), "openai", "dear", new Tokens(1_000_000, 0, 0, 0, 0, 0)),
                        "1.000000"),
                Arguments.of(
                        "transcription by time",
                        new CostItem.Transcription(DAY, "openai", "gpt-transcribe", decimal("90"), Tokens.NONE),
                        "0.006750"),
                Arguments.of(
                        "transcription by tokens",
                        new CostItem.Transcription(
                                DAY,
                                "openai",
                                "gpt-4o-transcribe",
                                BigDecimal.ZERO,
                                new Tokens(100, 0, 900, 0, 500, 0)),
                        "0.007500"),
                Arguments.of("minutes", new CostItem.Telephony(DAY, "inbound", 3), "0.025500"));
    }

    @Test
    void anUnknownModelIsUnpricedAndNeverFree() {
        // Given
        var items = List.<CostItem>of(
                new CostItem.Model(DAY, "openai", "gpt-nobody-knows", new Tokens(10, 5, 20, 0, 30, 40)),
                new CostItem.Model(DAY.plusDays(1), "openai", "gpt-nobody-knows", new Tokens(1, 0, 0, 0, 0, 0)),
                new CostItem.Transcription(DAY, "openai", "hears-all", decimal("2.50"), Tokens.NONE),
                new CostItem.Telephony(DAY, "unknown", 2),
                new CostItem.Telephony(DAY, "inbound", 1));

        // When
        var cost = CostRules.cost(items, PRICES);

        // Then
        assertThat(cost)
                .isEqualTo(new Cost(
                        List.of(Money.of("0.008500", "USD")),
                        List.of(new Line("TELEPHONY", "inbound", Money.of("0.008500", "USD"))),
                        List.of(
                                new Unpriced("MODEL", "openai", "gpt-nobody-knows", "101", "tokens"),
                                new Unpriced("TELEPHONY", "telephony", "unknown", "2", "minutes"),
                                new Unpriced("TRANSCRIPTION", "openai", "hears-all", "2.5", "seconds"))));
    }

    @Test
    void currenciesAreNeverAddedToOneAnother() {
        // Given
        var items = List.<CostItem>of(
                new CostItem.Model(DAY, "azure", "gpt-realtime-2.1", new Tokens(1_000_000, 0, 0, 0, 0, 0)),
                used(1_000_000, 0, 0, 0, 0, 0));

        // When
        var cost = CostRules.cost(items, PRICES);

        // Then
        assertThat(cost.totals()).isEqualTo(List.of(Money.of("5.000000", "EUR"), Money.of("4.000000", "USD")));
    }

    @Test
    void nothingIsLostByRoundingTooEarly() {
        // Given: each of them alone is shown as nothing
        var items = Collections.<CostItem>nCopies(1_000, used(1, 1, 0, 0, 0, 0));

        // When
        var cost = CostRules.cost(items, PRICES);

        // Then
        assertThat(cost.totals()).isEqualTo(List.of(Money.of("0.000400", "USD")));
    }

    @Test
    void theOrderOfItemsDoesNotMatter() {
        // Given
        var random = new Random(20261122L);
        var items = new ArrayList<CostItem>();
        for (var i = 0; i < 200; i++) {
            items.add(used(random.nextInt(2_000) + 1_000, 1_000, 500, random.nextInt(500), 20, random.nextInt(900)));
        }
        var expected = CostRules.cost(List.copyOf(items), PRICES);

        // When
        Collections.shuffle(items, random);

        // Then
        assertThat(CostRules.cost(items, PRICES)).isEqualTo(expected);
    }

    @Test
    void aCallsShareIsRoundedHalfUp() {
        // When
        var share = CostRules.perCall(Money.of("1.000000", "USD"), 3);

        // Then
        assertThat(share).isEqualTo(Money.of("0.333333", "USD"));
        assertThat(CostRules.perCall(Money.of("0.000003", "USD"), 2)).isEqualTo(Money.of("0.000002", "USD"));
    }

    private static CostItem used(
            long textIn, long textCached, long audioIn, long audioCached, long textOut, long audioOut) {
        return new CostItem.Model(
                DAY,
                "openai",
                "gpt-realtime-2.1",
                new Tokens(textIn, textCached, audioIn, audioCached, textOut, audioOut));
    }

    private static Prices.Model model(
            String provider,
            String name,
            LocalDate since,
            String ti,
            String tc,
            String to,
            String ai,
            String ac,
            String ao) {
        return new Prices.Model(
                provider,
                name,
                since,
                USD,
                decimal(ti),
                decimal(tc),
                decimal(to),
                decimal(ai),
                decimal(ac),
                decimal(ao));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
