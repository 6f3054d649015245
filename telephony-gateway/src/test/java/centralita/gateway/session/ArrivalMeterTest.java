package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ArrivalMeterTest {
    private static final int FRAME_MS = 20;

    private final ArrivalMeter meter = new ArrivalMeter();

    @Test
    void aStreamOnItsClockHasNothingToReport() {
        // When
        for (var frame = 0; frame < 500; frame++) {
            meter.arrived(1_000 + frame * FRAME_MS, frame * FRAME_MS, FRAME_MS);
        }

        // Then
        assertThat(meter.frames()).isEqualTo(500);
        assertThat(meter.holes()).isZero();
        assertThat(meter.missingMs()).isZero();
        assertThat(meter.jitterMicros()).isZero();
        assertThat(meter.lateFrames()).isZero();
        assertThat(meter.longestGapMs()).isEqualTo(20);
    }

    @Test
    void whatNeverCameIsAHoleAndNoJitter() {
        // When: three frames are missing, then one
        for (var frame = 0; frame < 100; frame++) {
            if (frame != 10 && frame != 11 && frame != 12 && frame != 50) {
                meter.arrived(frame * FRAME_MS, frame * FRAME_MS, FRAME_MS);
            }
        }

        // Then
        assertThat(meter.holes()).isEqualTo(2);
        assertThat(meter.missingMs()).isEqualTo(80);
        assertThat(meter.longestGapMs()).isEqualTo(80);
        assertThat(meter.jitterMicros()).isZero();
    }

    @Test
    void jitterIsThatOfTheRfcInWholeNumbers() {
        // Given: the RFC's own recurrence in floating point
        var random = new Random(7);
        double jitter = 0;
        double sum = 0;
        long last = 0;

        // When
        for (var frame = 0; frame < 5_000; frame++) {
            var arrivalMs = frame * FRAME_MS + random.nextInt(30);
            meter.arrived(arrivalMs, frame * FRAME_MS, FRAME_MS);
            if (frame > 0) {
                jitter += (Math.abs(arrivalMs - last - FRAME_MS) - jitter) / 16;
                sum += jitter;
            }
            last = arrivalMs;
        }

        // Then
        assertThat(meter.jitterMicros() / 1000.0).isCloseTo(sum / 4_999, within(0.1));
    }

    @Test
    void framesFarBehindTheQuickestAreLate() {
        // When: a stall of 200 ms, after which all that waited comes at once
        for (var frame = 0; frame < 100; frame++) {
            var dueMs = frame * FRAME_MS;
            meter.arrived(dueMs >= 1_000 && dueMs < 1_200 ? 1_200 : dueMs, dueMs, FRAME_MS);
        }

        // Then: those that were due 200 to 60 ms before
        assertThat(meter.lateFrames()).isEqualTo(8);
        assertThat(meter.longestGapMs()).isEqualTo(220);
        assertThat(meter.holes()).isZero();
    }

    @Test
    void aSlowClockOfTheProviderMakesNoFrameLate() {
        // When: an hour, in which its clock loses 0.1 per mille
        for (var frame = 0; frame < 180_000; frame++) {
            var dueMs = (long) frame * FRAME_MS;
            meter.arrived(dueMs + dueMs / 10_000, dueMs, FRAME_MS);
        }

        // Then
        assertThat(meter.lateFrames()).isZero();
    }

    @Test
    void countingBeginsAnewForTheNextBridge() {
        // Given
        meter.arrived(0, 0, FRAME_MS);
        meter.arrived(40, 40, FRAME_MS);

        // When
        meter.reset();
        meter.arrived(60, 60, FRAME_MS);

        // Then
        assertThat(meter.frames()).isOne();
        assertThat(meter.holes()).isZero();
        assertThat(meter.missingMs()).isZero();
        assertThat(meter.longestGapMs()).isEqualTo(20);
    }
}
