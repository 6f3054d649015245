package centralita.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.local.machine.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {
    private static final Machine MACHINE = new Machine(Instant.EPOCH, "Linux", "any", 2, 1024, "25");

    @Test
    void growthWhileEverythingWarmsUpDoesNotCount() {
        // When
        var report = report(0, seconds -> Math.min(seconds, 1_200));

        // Then
        assertThat(report.holds()).isTrue();
    }

    @Test
    void aLeakFailsTheSoak() {
        // When
        var report = report(0, seconds -> seconds / 60);

        // Then
        assertThat(report.holds()).isFalse();
        assertThat(report.slopes())
                .filteredOn(Slope::rises)
                .extracting(Slope::figure)
                .containsExactly("b-1 threads");
    }

    @Test
    void aDroppedCallFailsTheSoak() {
        // When, then
        assertThat(report(1, _ -> 40).holds()).isFalse();
    }

    @Test
    void aSoakThatWasEndedEarlyShowsWhatItLastedAndDoesNotHold() {
        // When
        var whole = report(0, _ -> 40);
        var half = SoakReport.of(MACHINE, 50, 120, 500, 0, whole.samples().subList(0, 60), List.of());

        // Then
        assertThat(whole.minutes()).isEqualTo(120);
        assertThat(whole.holds()).isTrue();
        assertThat(half.minutes()).isEqualTo(60);
        assertThat(half.holds()).isFalse();
    }

    @Test
    void withoutSamplesNothingWasShown() {
        // When, then
        assertThat(SoakReport.of(MACHINE, 50, 120, 10, 0, List.of(), List.of()).holds())
                .isFalse();
    }

    private static SoakReport report(int dropped, DoubleUnaryOperator threads) {
        var samples = IntStream.rangeClosed(1, 120)
                .mapToObj(minute ->
                        new Sample(minute * 60.0, 50, Map.of("b-1 threads", threads.applyAsDouble(minute * 60.0))))
                .toList();
        return SoakReport.of(MACHINE, 50, 120, 1_000, dropped, samples, List.of());
    }
}
