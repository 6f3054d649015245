package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F-O2: whoever refuses (429, 5xx) is left for the next provider within five seconds, whatever he orders. */
class RefusedTest {
    /** As {@code bridge.session.reconnect-delay} has it; the lot never makes a pause longer. */
    private static final long FIRST_PAUSE_MS = 250;
    /** Of a handshake that is refused; generous. */
    private static final long HANDSHAKE_MS = 150;

    @ParameterizedTest(name = "Retry-After {0} ms")
    @ValueSource(longs = {0, 100, 1_000, 1_900, 2_000, 2_500, 3_000, 4_000, 4_900, 5_000, 6_000, 20_000})
    void theNextProviderIsAskedWellWithinFiveSeconds(long retryAfterMs) {
        // Given
        var walk = Walk.greeted();
        walk.callerSpeaks("u1");
        walk.callerStops("u1");

        // When: the session is cut, and every try after it is refused
        walk.on(at -> new Input.ModelClosed(at, true, "close-1006", "openai", 0));
        var next = walk.all(Effect.Reconnect.class).getLast();
        var passedMs = 0L;
        while (next.without().isEmpty() && passedMs < 60_000) {
            var pauseMs = Math.max(next.waitMs(), FIRST_PAUSE_MS << (next.attempt() - 1));
            walk.later(pauseMs + HANDSHAKE_MS);
            passedMs += pauseMs + HANDSHAKE_MS;
            walk.on(at -> new Input.ModelClosed(at, true, "handshake-429", "openai", retryAfterMs));
            next = walk.all(Effect.Reconnect.class).getLast();
        }

        // Then
        assertThat(next.without()).containsExactly("openai");
        assertThat(next.waitMs()).isZero();
        assertThat(passedMs).isLessThan(3_500);
    }
}
