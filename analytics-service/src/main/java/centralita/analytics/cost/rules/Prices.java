package centralita.analytics.cost.rules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A price table. All amounts are exact decimals. */
public record Prices(
        LocalDate asOf, List<Model> models, List<Transcription> transcriptions, List<Telephony> telephony) {
    /** How vendors name a model that will not change: its name and a day. */
    private static final Pattern SNAPSHOT = Pattern.compile("-\\d{4}-\\d{2}-\\d{2}$");

    /** What is paid from a day on. */
    private interface Entry {
        LocalDate since();
    }

    /** Per million tokens; cached ones cost {@code …Cached} instead of {@code …In}. */
    public record Model(
            String provider,
            String model,
            LocalDate since,
            Currency currency,
            BigDecimal textIn,
            BigDecimal textCached,
            BigDecimal textOut,
            BigDecimal audioIn,
            BigDecimal audioCached,
            BigDecimal audioOut)
            implements Entry {}

    /** @param perMinute of audio @param in per million input tokens @param out per million output tokens */
    public record Transcription(
            String provider,
            String model,
            LocalDate since,
            Currency currency,
            BigDecimal perMinute,
            BigDecimal in,
            BigDecimal out)
            implements Entry {}

    /** @param item {@code inbound}, {@code outbound}, {@code media-stream} @param perMinute per minute begun */
    public record Telephony(String item, LocalDate since, Currency currency, BigDecimal perMinute) implements Entry {}

    /** The price of a model on a day (UTC); empty when the table has none: it is not free, it is unpriced. */
    public Optional<Model> model(String provider, String model, LocalDate day) {
        return onThe(
                day,
                models.stream()
                        .filter(entry -> entry.provider().equalsIgnoreCase(provider) && isOf(entry.model(), model))
                        .toList());
    }

    /** As {@link #model}. */
    public Optional<Transcription> transcription(String provider, String model, LocalDate day) {
        return onThe(
                day,
                transcriptions.stream()
                        .filter(entry -> entry.provider().equalsIgnoreCase(provider) && isOf(entry.model(), model))
                        .toList());
    }

    /** As {@link #model}. */
    public Optional<Telephony> telephony(String item, LocalDate day) {
        return onThe(
                day,
                telephony.stream().filter(entry -> entry.item().equals(item)).toList());
    }

    private static boolean isOf(String name, String used) {
        return used.equals(name) || SNAPSHOT.matcher(used).replaceFirst("").equals(name);
    }

    private static <E extends Entry> Optional<E> onThe(LocalDate day, List<E> entries) {
        return entries.stream().filter(entry -> !entry.since().isAfter(day)).max(Comparator.comparing(Entry::since));
    }
}
