package centralita.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldEndsTest {
    @Test
    void areKnownForAsLongAsSomebodyMayWaitForAStream() {
        // Given
        var ends = new ToldEnds();
        ends.add("CA1", 1_000);
        ends.add("CA2", 2_000);

        // When, then
        assertThat(ends.since(1_000 + ToldEnds.KEPT_MS)).containsExactly("CA1", "CA2");
        assertThat(ends.since(1_001 + ToldEnds.KEPT_MS)).containsExactly("CA2");
        assertThat(ends.since(3_000 + ToldEnds.KEPT_MS)).isEmpty();
    }
}
