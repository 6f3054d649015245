package centralita.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidV7Test {
    /** The time of the example in RFC 9562, appendix A.6. */
    private static final Instant RFC_EXAMPLE = Instant.parse("2022-02-22T19:22:22Z");

    @Test
    void theFirst48BitsAreTheMilliseconds() {
        // When
        var id = new UuidV7(Clock.fixed(RFC_EXAMPLE, ZoneOffset.UTC)).make();

        // Then
        assertThat(id.toString()).startsWith("017f22e2-79b0-7");
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(UuidV7.timeMs(id)).isEqualTo(RFC_EXAMPLE.toEpochMilli());
    }

    @Test
    void idsOfLaterMillisecondsAreGreater() {
        // Given
        var ids = new ArrayList<String>();

        // When
        for (var ms = 0; ms < 2_000; ms++) {
            ids.add(new UuidV7(Clock.fixed(RFC_EXAMPLE.plusMillis(ms), ZoneOffset.UTC))
                    .make()
                    .toString());
        }

        // Then
        assertThat(ids).isSorted();
    }

    @Test
    void idsOfOneMillisecondDiffer() {
        // Given
        var generator = new UuidV7(Clock.fixed(RFC_EXAMPLE, ZoneOffset.UTC));
        var ids = new HashSet<>();

        // When
        for (var i = 0; i < 10_000; i++) {
            ids.add(generator.make());
        }

        // Then
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void readsWhatItWrites() {
        // Given
        var id = UuidV7.next();

        // When
        var read = UuidV7.parse(id.toString());

        // Then
        assertThat(read).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-7001-8001-1",
                "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
                "017f22e279b07cc398c4dc0c0c07398f",
                "017f22e2-79b0-7cc3-98c4-dc0c0c07398f ",
                "017f22e2-79b0-7cc3-98c4-dc0c0c07398g"
            })
    void refusesOtherSpellingsAndOtherVersions(String text) {
        // When, then
        assertThatThrownBy(() -> UuidV7.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
