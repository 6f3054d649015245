package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EModelTest {
    /** ITU-T G.107, annex B, table B.1, and the rating of the default values (G.107, table 3). */
    @ParameterizedTest
    @CsvSource({"93.2, 4.41", "90, 4.34", "80, 4.03", "70, 3.60", "60, 3.10", "50, 2.58", "0, 1", "100, 4.5"})
    void aRatingMeansThePublishedOpinion(double rating, double mos) {
        assertThat(EModel.mos(rating)).isCloseTo(mos, within(0.01));
    }

    /**
     * Impairments by loss of G.711 that ITU-T G.113, appendix I (1999) gives from listening tests: the formula that came
     * later stays near them.
     */
    @ParameterizedTest
    @CsvSource({"1, 5", "2, 7", "3, 10", "5, 15"})
    void lossUnderConcealmentCostsWhatListenersSaid(double lossPercent, double impairment) {
        var cost = 93.2 - EModel.rating(lossPercent, 1, EModel.BPL_CONCEALED, 0);

        assertThat(cost).isCloseTo(impairment, within(1.6));
    }

    /** By hand from the formulas: 95 · 1 / (1 + 4.3); 95 · 2 / (1 + 4.3); 0.024 · 150; 0.024 · 400 + 0.11 · 222.7. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0, 0", "1, 1, 0, 17.925", "2, 2, 0, 35.849", "0, 1, 150, 3.6", "0, 1, 400, 34.097"})
    void impairmentsAreThoseOfTheFormula(double lossPercent, double burstRatio, double delayMs, double impairment) {
        var rating = EModel.rating(lossPercent, burstRatio, EModel.BPL_PLAIN, delayMs);

        assertThat(93.2 - rating).isCloseTo(impairment, within(0.001));
    }

    @Test
    void nothingIsRatedBelowZero() {
        assertThat(EModel.rating(100, 2, EModel.BPL_PLAIN, 5_000)).isZero();
        assertThat(EModel.mos(3)).isEqualTo(1);
    }
}
