package centralita.gateway.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.id.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TH-4, F-R9. */
class StreamTokenTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String CALL_SID = "CA00000000000000000000000000000011";

    private static StreamToken tokens(Instant now, String... authTokens) {
        return new StreamToken(List.of(authTokens), Clock.fixed(now, ZoneOffset.UTC), Duration.ofSeconds(60));
    }

    @Test
    void isReadByWhoKnowsTheTokenAndIsForItsCallOnly() {
        // Given
        var callId = UuidV7.next();
        var token = tokens(NOW, "one").issue(callId, CALL_SID);

        // When
        var ticket = tokens(NOW.plusSeconds(60), "two", "one").read(token).orElseThrow();

        // Then
        assertThat(ticket.callId()).isEqualTo(callId);
        assertThat(ticket.nonce()).matches("[0-9a-f]{32}");
        assertThat(ticket.isFor(CALL_SID)).isTrue();
        assertThat(ticket.isFor("CA00000000000000000000000000000012")).isFalse();
        assertThat(token).matches("[A-Za-z0-9_-]{100,128}");
    }

    @Test
    void isWorthlessLateOrSignedByAnother() {
        var token = tokens(NOW, "one").issue(UuidV7.next(), CALL_SID);

        assertThat(tokens(NOW.plusSeconds(60 + 61), "one").read(token)).isEmpty();
        assertThat(tokens(NOW, "two").read(token)).isEmpty();
    }

    /** F-R9: one gateway issues it, another reads it by a clock of its own. */
    @ParameterizedTest
    @ValueSource(ints = {-60, -1, 0, 59, 60})
    void isGoodForItsWholeLifeWhereTheClocksOfTwoGatewaysAreAMinuteApart(int readerAheadSeconds) {
        // Given
        var token = tokens(NOW, "one").issue(UuidV7.next(), CALL_SID);

        // When: it is brought in its last second
        var ticket = tokens(NOW.plusSeconds(60 + readerAheadSeconds), "one").read(token);

        // Then
        assertThat(ticket).isPresent();
    }

    @Test
    void isWorthlessWithAnyByteChanged() {
        // Given
        var tokens = tokens(NOW, "one");
        var token = tokens.issue(UuidV7.next(), CALL_SID);
        var random = new Random(1);

        for (var i = 0; i < token.length() - 1; i++) {
            // When
            var other = (char) ('A' + random.nextInt(26));
            var changed = token.substring(0, i) + other + token.substring(i + 1);

            // Then
            assertThat(tokens.read(changed).isPresent()).isEqualTo(changed.equals(token));
        }
        for (var garbage : List.of("", "A", "é", "A".repeat(200), token + "AA", token.substring(1))) {
            assertThat(tokens.read(garbage)).isEmpty();
        }
    }

    @Test
    void isNeverTheSame() {
        var tokens = tokens(NOW, "one");
        var callId = UuidV7.next();

        assertThat(tokens.issue(callId, CALL_SID)).isNotEqualTo(tokens.issue(callId, CALL_SID));
    }
}
