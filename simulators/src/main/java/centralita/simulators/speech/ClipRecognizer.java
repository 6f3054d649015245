package centralita.simulators.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds known clips in received μ-law by exact comparison of stretches of 10 ms. It works because nobody on the
 * way between the stand-ins changes a sample; what it survives is audio cut at any sample, padding, silence and
 * lost or repeated frames. It does not survive transcoding, other volume, or two voices at once.
 *
 * <p>Immutable after construction; safe for any thread. Looking at one second of audio takes about 0.1 ms.
 */
public final class ClipRecognizer {
    /**
     * A clip, or a part of one, as it was heard.
     *
     * @param fromMs where the heard part begins in the audio looked at
     * @param toMs where it ends
     * @param clipFromMs where the heard part begins in the clip
     * @param clipToMs where it ends in the clip
     * @param share of the clip's audible stretches that were found, 0 to 1
     */
    public record Heard(Clip clip, int fromMs, int toMs, int clipFromMs, int clipToMs, double share) {}

    private static final int STRETCH = 10 * Mulaw.BYTES_PER_MS;
    /** Fewer could be chance; 12 are 120 ms of equal samples. */
    private static final int FEWEST_STRETCHES = 12;
    /** A gap longer than this ends one hearing of a clip and begins another. */
    private static final int LONGEST_GAP = 1_500 * Mulaw.BYTES_PER_MS;
    /** Quieter stretches tell nothing: peak below 50 dB under full scale. */
    private static final int AUDIBLE_PEAK = 100;

    private static final long PRIME = 1_099_511_628_211L;
    private static final long DROP = power(PRIME, STRETCH);

    private final Clip[] clips;
    private final int[] audibleStretches;
    private final long[] slotHash;
    private final int[] slotClip;
    private final int[] slotOffset;
    private final int mask;

    public ClipRecognizer(Collection<Clip> known) {
        clips = known.toArray(Clip[]::new);
        audibleStretches = new int[clips.length];
        int stretches = Arrays.stream(clips)
                .mapToInt(clip -> clip.mulaw().length / STRETCH)
                .sum();
        int slots = Integer.highestOneBit(Math.max(16, stretches * 4));
        mask = slots - 1;
        slotHash = new long[slots];
        slotClip = new int[slots];
        slotOffset = new int[slots];
        Arrays.fill(slotClip, -1);
        for (int clip = 0; clip < clips.length; clip++) {
            index(clip);
        }
    }

    /** A recognizer of all recorded clips. */
    public static ClipRecognizer ofRecordedClips() {
        return new ClipRecognizer(Clips.recorded().all());
    }

    private void index(int clip) {
        var mulaw = clips[clip].mulaw();
        for (int offset = 0; offset + STRETCH <= mulaw.length; offset += STRETCH) {
            if (!audible(mulaw, offset)) {
                continue;
            }
            long hash = hash(mulaw, offset);
            int slot = slotOf(hash);
            while (slotClip[slot] >= 0) {
                slot = slot + 1 & mask;
            }
            slotHash[slot] = hash;
            slotClip[slot] = clip;
            slotOffset[slot] = offset;
            audibleStretches[clip]++;
        }
    }

    public List<Heard> listen(byte[] mulaw) {
        return listen(mulaw, 0, mulaw.length);
    }

    /**
     * @param mulaw neither kept nor changed
     * @return what was heard, in the order of its beginnings; empty when nothing is known
     */
    public List<Heard> listen(byte[] mulaw, int from, int length) {
        return new Progress(from).listen(mulaw, from + length);
    }

    /** Looks at audio that grows: each sample is looked at once. */
    public Progress begin() {
        return new Progress(0);
    }

    /** How far audio that grows has been looked at. Not thread-safe. */
    public final class Progress {
        private final Hearing[] open = new Hearing[clips.length];
        private final List<Heard> closed = new ArrayList<>();
        private final int from;
        private int at;
        private long hash;

        private Progress(int from) {
            this.from = from;
            this.at = from;
        }

        /**
         * @param mulaw what it held before is still there; neither kept nor changed
         * @param end of what it holds now
         * @return what was heard until now, in the order of its beginnings
         */
        public List<Heard> listen(byte[] mulaw, int end) {
            for (; at + STRETCH <= end; at++) {
                hash = at == from
                        ? hash(mulaw, at)
                        : hash * PRIME + code(mulaw[at + STRETCH - 1]) - code(mulaw[at - 1]) * DROP;
                for (int slot = slotOf(hash); slotClip[slot] >= 0; slot = slot + 1 & mask) {
                    if (slotHash[slot] == hash && same(mulaw, at, slot)) {
                        matched(open, closed, slotClip[slot], at - from, slotOffset[slot]);
                    }
                }
            }
            var heard = new ArrayList<>(closed);
            for (int clip = 0; clip < open.length; clip++) {
                close(open[clip], clip, heard);
            }
            heard.sort(Comparator.comparingInt(Heard::fromMs));
            return heard;
        }
    }

    private void matched(Hearing[] open, List<Heard> heard, int clip, int at, int offset) {
        var hearing = open[clip];
        // Going back in the clip means that it is said again; frames that are merely repeated stay within 200 ms.
        if (hearing != null
                && (at - hearing.lastAt > LONGEST_GAP || offset < hearing.lastOffset - 200 * Mulaw.BYTES_PER_MS)) {
            close(hearing, clip, heard);
            hearing = null;
        }
        if (hearing == null) {
            hearing = new Hearing(at, offset);
            open[clip] = hearing;
        }
        hearing.lastAt = at;
        hearing.lastOffset = Math.max(hearing.lastOffset, offset);
        hearing.stretches++;
    }

    private void close(@Nullable Hearing hearing, int clip, List<Heard> heard) {
        if (hearing == null || hearing.stretches < Math.min(FEWEST_STRETCHES, audibleStretches[clip])) {
            return;
        }
        heard.add(new Heard(
                clips[clip],
                hearing.firstAt / Mulaw.BYTES_PER_MS,
                (hearing.lastAt + STRETCH) / Mulaw.BYTES_PER_MS,
                hearing.firstOffset / Mulaw.BYTES_PER_MS,
                (hearing.lastOffset + STRETCH) / Mulaw.BYTES_PER_MS,
                Math.min(1.0, (double) hearing.stretches / audibleStretches[clip])));
    }

    private boolean same(byte[] mulaw, int at, int slot) {
        var clip = clips[slotClip[slot]].mulaw();
        return Arrays.equals(mulaw, at, at + STRETCH, clip, slotOffset[slot], slotOffset[slot] + STRETCH);
    }

    private int slotOf(long hash) {
        return (int) (hash ^ hash >>> 29) & mask;
    }

    private static boolean audible(byte[] mulaw, int offset) {
        for (int at = offset; at < offset + STRETCH; at++) {
            if (Math.abs(Mulaw.toLinear(mulaw[at])) >= AUDIBLE_PEAK) {
                return true;
            }
        }
        return false;
    }

    private static long hash(byte[] mulaw, int offset) {
        long hash = 0;
        for (int at = offset; at < offset + STRETCH; at++) {
            hash = hash * PRIME + code(mulaw[at]);
        }
        return hash;
    }

    private static long code(byte sample) {
        return (sample & 0xFF) + 1L;
    }

    private static long power(long base, int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }

    private static final class Hearing {
        final int firstAt;
        final int firstOffset;
        int lastAt;
        int lastOffset;
        int stretches;

        Hearing(int firstAt, int firstOffset) {
            this.firstAt = firstAt;
            this.firstOffset = firstOffset;
        }
    }
}
