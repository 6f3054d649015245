package centralita.analytics.cost;

import centralita.analytics.cost.rules.Prices;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.LocalDate;

/** The price table of this deployment, from its configuration. */
@Singleton
class PriceTable {
    /** For prices that hold from ever. */
    private static final LocalDate EVER = LocalDate.EPOCH;

    @Produces
    @Singleton
    Prices prices(PriceConfig config) {
        return new Prices(
                config.asOf(),
                config.models().stream()
                        .map(price -> new Prices.Model(
                                price.provider(),
                                price.model(),
                                price.since().orElse(EVER),
                                price.currency(),
                                price.textIn(),
                                price.textCached(),
                                price.textOut(),
                                price.audioIn(),
                                price.audioCached(),
                                price.audioOut()))
                        .toList(),
                config.transcriptions().stream()
                        .map(price -> new Prices.Transcription(
                                price.provider(),
                                price.model(),
                                price.since().orElse(EVER),
                                price.currency(),
                                price.perMinute(),
                                price.in(),
                                price.out()))
                        .toList(),
                config.telephony().stream()
                        .map(price -> new Prices.Telephony(
                                price.item(), price.since().orElse(EVER), price.currency(), price.perMinute()))
                        .toList());
    }
}
