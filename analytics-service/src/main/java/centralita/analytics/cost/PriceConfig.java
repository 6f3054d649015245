package centralita.analytics.cost;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The price tables. Defaults are the vendors' list prices on {@link #asOf()}, in {@code application.properties}; what an
 * operator really pays, he sets. A price is used from its {@code since} on, so a change of price is a further entry and
 * old calls keep their cost.
 */
@ConfigMapping(prefix = "analytics.prices")
public interface PriceConfig {
    /** When these prices were read from the vendors' lists; shown beside every cost. */
    LocalDate asOf();

    List<ModelPrice> models();

    List<TranscriptionPrice> transcriptions();

    List<TelephonyPrice> telephony();

    /** Per million tokens. Cached tokens are a part of the input tokens and cost their own price instead. */
    interface ModelPrice {
        @WithDefault("openai")
        String provider();

        /** The model's name; a dated snapshot of it ({@code name-2026-05-01}) costs the same. */
        String model();

        Optional<LocalDate> since();

        @WithDefault("USD")
        Currency currency();

        @PositiveOrZero
        BigDecimal textIn();

        @PositiveOrZero
        BigDecimal textCached();

        @PositiveOrZero
        BigDecimal textOut();

        @PositiveOrZero
        BigDecimal audioIn();

        @PositiveOrZero
        BigDecimal audioCached();

        @PositiveOrZero
        BigDecimal audioOut();
    }

    /** Per minute, or per million tokens (in, out), as the vendor bills it; what is not billed is 0. */
    interface TranscriptionPrice {
        @WithDefault("openai")
        String provider();

        String model();

        Optional<LocalDate> since();

        @WithDefault("USD")
        Currency currency();

        @WithDefault("0")
        @PositiveOrZero
        BigDecimal perMinute();

        @WithDefault("0")
        @PositiveOrZero
        BigDecimal in();

        @WithDefault("0")
        @PositiveOrZero
        BigDecimal out();
    }

    /** Per minute begun. */
    interface TelephonyPrice {
        /** {@code inbound}, {@code outbound} (talk time) or {@code media-stream} (each stream's own time). */
        String item();

        Optional<LocalDate> since();

        @WithDefault("USD")
        Currency currency();

        @PositiveOrZero
        BigDecimal perMinute();
    }
}
