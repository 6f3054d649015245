package centralita.gateway.recording;

import centralita.gateway.recording.RecordingNames.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the segments of a call lie in its recording: in the order of the wall clock, what is missing between them as
 * silence. Pure.
 *
 * @param frames of one sample left and one right, in all
 * @param gaps stretches between segments
 */
record SegmentLayout(List<Placed> placed, long startMs, long frames, int gaps, long gapMs) {
    private static final int FRAMES_PER_MS = 8;
    /** Nothing that a call may lack is longer; a clock that was set anew is. */
    private static final long LONGEST_GAP_MS = 600_000;

    /** @param silentFrames before it */
    record Placed(Segment segment, long silentFrames) {
        long frames() {
            return segment.bytes() / WavFile.CHANNELS;
        }
    }

    /** @param segments in any order, at least one */
    static SegmentLayout of(List<Segment> segments) {
        var placed = new ArrayList<Placed>(segments.size());
        var frames = 0L;
        var gaps = 0;
        var gapMs = 0L;
        // Two gateways' clocks differ: a stream is never torn apart by another, and nothing is laid over anything.
        var inOrder = segments.stream()
                .sorted(Comparator.comparingInt(Segment::stream).thenComparingLong(Segment::startMs))
                .toList();
        var endMs = inOrder.getFirst().startMs();
        for (var segment : inOrder) {
            var missingMs = Math.clamp(segment.startMs() - endMs, 0, LONGEST_GAP_MS);
            var next = new Placed(segment, missingMs * FRAMES_PER_MS);
            placed.add(next);
            if (missingMs > 0) {
                gaps++;
                gapMs += missingMs;
            }
            frames += next.silentFrames + next.frames();
            endMs = segment.startMs() + next.frames() / FRAMES_PER_MS;
        }
        return new SegmentLayout(List.copyOf(placed), inOrder.getFirst().startMs(), frames, gaps, gapMs);
    }

    long durationMs() {
        return frames / FRAMES_PER_MS;
    }
}
