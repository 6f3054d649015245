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
        assertThat(pulse.livedMs()).isEqualTo(1_000);
        assertThat(pulse.silentMs(11_300)).isEqualTo(300);
    }

    @Test
    void theTimeInWhichItStoodStillIsNoTimeInWhichItLived() {
        // Given
        pulse.heard(10_500);
        var before = pulse.livedMs();

        // When
        pulse.heard(60_000);

        // Then: it may have stood still right after it had been heard
        assertThat(pulse.livedMs() - before).isEqualTo(600);
    }
}
