package centralita.simulators.twilio;

import centralita.simulators.speech.Mulaw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Twilio holds of the audio that we sent, and plays in real time. Its clock is the frame: {@link #play} is called
 * every 20 ms. A mark comes back when the last sample before it has really sounded, that is with the frame after the
 * one that carried it, and at once when nothing waits or sounds. Not thread-safe: on the call's event loop.
 */
final class PlaybackBuffer {
    /** Ten minutes: no assistant speaks so far ahead, and Twilio's own limit is not documented. */
    static final int MAX_BYTES = 600_000 * Mulaw.BYTES_PER_MS;

    static final int MAX_MARKS = 50_000;

    private record Mark(String name, long afterBytes) {}

    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private int headOffset;
    private long acceptedBytes;
    private long playedBytes;
    private long soundedBytes;
    private long droppedBytes;

    /**
     * @param mulaw kept, not copied
     * @return false when the buffer is full: nothing of it was taken
     */
    boolean offer(byte[] mulaw) {
        if (bufferedBytes() + mulaw.length > MAX_BYTES) {
            return false;
        }
        if (mulaw.length > 0) {
            chunks.addLast(mulaw);
            acceptedBytes += mulaw.length;
        }
        return true;
    }

    /** @return the marks that are due now: this one, or none */
    List<String> mark(String name) {
        if (acceptedBytes - droppedBytes == soundedBytes && marks.isEmpty()) {
            return List.of(name);
        }
        if (marks.size() >= MAX_MARKS) {
            throw new IllegalStateException("more than " + MAX_MARKS + " marks wait");
        }
        marks.addLast(new Mark(name, acceptedBytes - droppedBytes));
        return List.of();
    }

    /**
     * The next 20 ms.
     *
     * @param frame filled from its beginning; the rest becomes silence
     * @return how many bytes of the frame are audio
     */
    int play(byte[] frame) {
        soundedBytes = playedBytes;
        int filled = 0;
        while (filled < frame.length && !chunks.isEmpty()) {
            var head = chunks.peekFirst();
            int taken = Math.min(frame.length - filled, head.length - headOffset);
            System.arraycopy(head, headOffset, frame, filled, taken);
            filled += taken;
            headOffset += taken;
            if (headOffset == head.length) {
                chunks.removeFirst();
                headOffset = 0;
            }
        }
        Arrays.fill(frame, filled, frame.length, Mulaw.SILENCE);
        playedBytes += filled;
        return filled;
    }

    /** @return marks whose audio has sounded, oldest first; each is returned once */
    List<String> dueMarks() {
        var due = new ArrayList<String>();
        while (!marks.isEmpty() && marks.peekFirst().afterBytes() <= soundedBytes) {
            due.add(marks.removeFirst().name());
        }
        return due;
    }

    /** Empties the buffer. The frame that sounds at the moment counts as heard. @return all waiting marks */
    List<String> clear() {
        droppedBytes += bufferedBytes();
        chunks.clear();
        headOffset = 0;
        var waiting = marks.stream().map(Mark::name).toList();
        marks.clear();
        return waiting;
    }

    long bufferedBytes() {
        return acceptedBytes - droppedBytes - playedBytes;
    }

    long playedMs() {
        return playedBytes / Mulaw.BYTES_PER_MS;
    }

    long droppedBytes() {
        return droppedBytes;
    }
}
