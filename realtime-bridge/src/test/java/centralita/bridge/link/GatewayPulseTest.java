package centralita.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayPulseTest {
    private final GatewayPulse pulse = new GatewayPulse(10_000);

    @Test
    void aGatewayLivesUntilItWasHeardLast() {
        // When
        pulse.heard(10_500);
        pulse.heard(11_000);

        // Then
        assertThat(pulse.livedMs(10_200)).isEqualTo(800);
        assertThat(pulse.livedMs(11_000)).isZero();
        assertThat(pulse.livedMs(11_300)).isZero();
    }

    @Test
    void whatWasBeforeItStoodStillIsNoTimeInWhichItLived() {
        // Given
        pulse.heard(10_500);

        // When
        pulse.heard(12_000);

        // Then: what waited in it may come only now
        assertThat(pulse.livedMs(10_200)).isZero();

        // When
        pulse.heard(12_500);
        pulse.heard(13_000);

        // Then
        assertThat(pulse.livedMs(10_200)).isEqualTo(1_000);
        assertThat(pulse.livedMs(12_400)).isEqualTo(600);
    }
}
