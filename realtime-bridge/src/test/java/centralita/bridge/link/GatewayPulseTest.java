package centralita.bridge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
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
    void nobodyIsTakenForDeadBetweenTwoPings() {
        // When, then
        assertThat(GatewayPulse.deadAfterMs(Duration.ofSeconds(2))).isEqualTo(2_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayPulse.deadAfterMs(Duration.ofMillis(500)))
                .withMessageContaining("bridge.link.dead-after");
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
