package centralita.gateway.session;

/**
 * How regularly the caller's frames arrive, compared with their own time stamps. Some additions per frame, whole numbers,
 * nothing allocated. One per media stream, on that stream's event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1">RFC 3550, 6.4.1 and A.8</a>
 */
final class ArrivalMeter {
    /** Time stamps are rounded; less than half a frame is no hole. */
    private static final long TOLERANCE_MS = 10;
    /** Three frames behind the quickest: more than a receiver's usual buffer would hide. */
    private static final long LATE_MS = 60;
    /** Clocks drift apart; the quickest way is allowed to become 1 ms longer in so many frames (about 0.2 per mille). */
    private static final int DRIFT_FRAMES = 256;

    private boolean begun;
    private long lastArrivalMs;
    private long lastStampMs;
    private long endStampMs;
    private long quickestMs;
    /** Sixteen times the jitter of the RFC, in ms: so that the sixteenth part of a millisecond is not lost. */
    private long jitter16;

    private long frames;
    private int holes;
    private long missingMs;
    private long longestGapMs;
    private long jitter16Sum;
    private long jitterSamples;
    private long lateFrames;

    /**
     * A frame has arrived.
     *
     * @param arrivalMs on a clock that never runs backwards
     * @param stampMs stream time of its first sample
     */
    void arrived(long arrivalMs, long stampMs, long lengthMs) {
        frames++;
        var wayMs = arrivalMs - stampMs;
        if (begun) {
            compare(arrivalMs, stampMs, wayMs);
        } else {
            begun = true;
            quickestMs = wayMs;
            endStampMs = stampMs;
        }
        lastArrivalMs = arrivalMs;
        lastStampMs = stampMs;
        endStampMs = Math.max(endStampMs, stampMs + lengthMs);
    }

    private void compare(long arrivalMs, long stampMs, long wayMs) {
        var gapMs = arrivalMs - lastArrivalMs;
        var deviationMs = Math.abs(gapMs - (stampMs - lastStampMs));
        jitter16 += deviationMs - ((jitter16 + 8) >> 4);
        jitter16Sum += jitter16;
        jitterSamples++;
        longestGapMs = Math.max(longestGapMs, gapMs);
        var holeMs = stampMs - endStampMs;
        if (holeMs > TOLERANCE_MS) {
            holes++;
            missingMs += holeMs;
        }
        if (frames % DRIFT_FRAMES == 0) {
            quickestMs++;
        }
        quickestMs = Math.min(quickestMs, wayMs);
        if (wayMs - quickestMs >= LATE_MS) {
            lateFrames++;
        }
    }

    /** What was counted is told; counting begins anew, while what was learned of the way stays. */
    void reset() {
        frames = 0;
        holes = 0;
        missingMs = 0;
        longestGapMs = 0;
        jitter16Sum = 0;
        jitterSamples = 0;
        lateFrames = 0;
    }

    /** Arrival less stamp of the quickest frames: with it a stamp becomes a time of our clock without jitter. */
    long quickestMs() {
        return quickestMs;
    }

    long frames() {
        return frames;
    }

    int holes() {
        return holes;
    }

    long missingMs() {
        return missingMs;
    }

    long longestGapMs() {
        return longestGapMs;
    }

    /** Mean of the estimate over all frames. */
    long jitterMicros() {
        return jitterSamples == 0 ? 0 : jitter16Sum * 1000 / 16 / jitterSamples;
    }

    long lateFrames() {
        return lateFrames;
    }
}
