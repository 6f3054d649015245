package centralita.bridge.openai;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.session.SessionConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F-R7: a peer that is cut off without a word is noticed, and one that only says little is left in peace. */
class SocketPulseTest {
    private static final long INTERVAL_MS = 2_500;

    private final SocketPulse pulse = new SocketPulse(INTERVAL_MS);
    private long nowMs = 1_000;

    @BeforeEach
    void opened() {
        pulse.start(nowMs);
    }

    private boolean beatAfter(long ms) {
        nowMs += ms;
        return pulse.beat(nowMs);
    }

    private boolean beat() {
        return beatAfter(INTERVAL_MS);
    }

    @ParameterizedTest(name = "last heard {0} ms after a beat")
    @ValueSource(longs = {0, 1, 1_250, 2_499})
    void aPeerThatSaysNothingAnyMoreIsDeadWithinTenSeconds(long heardAfterMs) {
        // Given
        beat();
        var lastHeardMs = nowMs + heardAfterMs;
        pulse.heard();

        // When
        var dead = false;
        while (!dead && nowMs < 60_000) {
            dead = beat();
        }

        // Then
        assertThat(nowMs - lastHeardMs).isBetween(2 * INTERVAL_MS, 3 * INTERVAL_MS);
        assertThat(nowMs - lastHeardMs).isLessThan(10_000);
    }

    @Test
    void whoeverSaysAnythingBetweenTwoBeatsLives() {
        for (var i = 0; i < 100; i++) {
            assertThat(beat()).isFalse();
            if (i % 2 == 0) {
                pulse.heard();
            }
        }
    }

    @Test
    void whatWeDoNotReadIsNoSilenceOfThePeer() {
        // Given
        pulse.deaf();
        for (var i = 0; i < 20; i++) {
            assertThat(beat()).isFalse();
        }

        // When
        pulse.listening();

        // Then: it has its time again
        assertThat(beat()).isFalse();
        assertThat(beat()).isFalse();
        assertThat(beat()).isTrue();
    }

    @Test
    void aLoopThatWasHeldUpBlamesNobody() {
        // Given
        assertThat(beat()).isFalse();
        assertThat(beat()).isFalse();

        // When: the missed beats come at once, and what has come meanwhile is not read yet
        var late = beatAfter(4 * INTERVAL_MS);
        var madeUpFor = LongStream.of(0, 0, 1).mapToObj(this::beatAfter).toList();
        pulse.heard();

        // Then
        assertThat(late).isFalse();
        assertThat(madeUpFor).containsOnly(false);
        assertThat(beat()).isFalse();
    }

    @Test
    void whatWasSaidBeforeAPingHasArrivedWhenThatOneIsAnswered() {
        // Given
        var first = pulse.ping(2_500);
        var atFirst = pulse.arrivedMs();
        pulse.pong(first);
        var answered = pulse.arrivedMs();

        // When
        pulse.ping(5_000);
        pulse.pong(first);
        pulse.pong("not ours");

        // Then
        assertThat(atFirst).isZero();
        assertThat(answered).isEqualTo(2_500);
        assertThat(pulse.arrivedMs()).isEqualTo(2_500);
    }

    @Test
    void byDefaultADeadPeerIsNoticedBeforeTheCallersWordsAreForgotten() {
        // Given
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(OpenAiConfig.class)
                .withMapping(SessionConfig.class)
                .withDefaultValue("bridge.openai.realtime-url", "ws://127.0.0.1:1/v1/realtime")
                .withDefaultValue("bridge.openai.api-key", "sk-test")
                .withDefaultValue("bridge.openai.model", "gpt-realtime")
                .build();

        // When
        var noticed = config.getConfigMapping(OpenAiConfig.class).pingInterval().multipliedBy(3);

        // Then
        assertThat(noticed).isLessThan(Duration.ofSeconds(10));
        assertThat(noticed)
                .isLessThan(config.getConfigMapping(SessionConfig.class).keptAudio());
    }
}
