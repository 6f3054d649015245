package centralita.gateway.session;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkControl.HeardItem;
import centralita.gateway.session.PlaybackClock.Sounding;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends the assistant's audio to the provider at most a few seconds ahead of the caller's ear, so that an interruption
 * finds little to forget. What is too early waits here; returned marks and {@link #pump} let it go. Pure but for its
 * {@link Out}. One per media stream, on that stream's event loop.
 */
public final class PacedPlayback {
    /** Filler is sent so far ahead and no further, because it delays the words that it fills the time to. */
    private static final int FILL_AHEAD_BYTES = 160 * PlaybackClock.BYTES_PER_MS;

    private static final int FILL_FRAME_BYTES = 20 * PlaybackClock.BYTES_PER_MS;

    private final PlaybackClock clock = new PlaybackClock();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final Pace pace;
    private final Out out;
    private final @Nullable StreamTap tap;
    private final PlayoutReport report = new PlayoutReport();
    private long queuedBytes;
    private int firstByteOfHead;
    private int unmarkedBytes;
    private int lastItem;
    /** The last item that was too long: what still comes of it is not played, for there would be a hole before it. */
    private int cutItem;

    private boolean filling;
    private long fillUntilMs;
    private int fillerAt;

    /** Where the audio goes and who learns what was heard. */
    public interface Out {
        /** @return false when the socket takes no more: the same audio will be offered again */
        boolean media(byte[] mulaw, int offset, int length);

        void mark(String name);

        void clear();

        void heard(int item, long heardMs, boolean toItsEnd);
    }

    /**
     * @param aheadMs audio that may be sent before it is played. Less than the network's hiccups and the caller hears
     *     gaps; more and the provider holds what an interruption makes worthless
     * @param markEveryMs between two marks; what is heard between them is reckoned by the clock
     * @param queueBytes that may wait; what a model says further ahead of the caller is not heard
     */
    public record Pace(int aheadMs, int markEveryMs, long queueBytes) {}

    /** @param mulaw null for an item's end */
    private record Waiting(int item, byte @Nullable [] mulaw) {}

    public PacedPlayback(Pace pace, Out out) {
        this(pace, out, null);
    }

    /** @param tap hears what is sent and learns what is not heard of it; null for nobody */
    public PacedPlayback(Pace pace, Out out, @Nullable StreamTap tap) {
        this.pace = pace;
        this.out = out;
        this.tap = tap;
    }

    /**
     * Takes audio of an item.
     *
     * @param mulaw copied, not released
     * @return false when too much waits: the item ends here
     */
    public boolean play(int item, ByteBuf mulaw, long nowMs) {
        var length = mulaw.readableBytes();
        // An item that another has followed is over: a late frame of it would be heard in the middle of the next.
        if (item < lastItem || item == cutItem || length == 0) {
            return true;
        }
        if (queuedBytes + length > pace.queueBytes) {
            cutItem = item;
            lastItem = item;
            return false;
        }
        lastItem = item;
        filling = false;
        var copy = new byte[length];
        mulaw.getBytes(mulaw.readerIndex(), copy);
        queue.add(new Waiting(item, copy));
        queuedBytes += length;
        pump(nowMs);
        return true;
    }

    /** An item has all its audio. */
    public void itemEnd(int item, long nowMs) {
        if (item >= lastItem) {
            lastItem = item;
            queue.add(new Waiting(item, null));
            pump(nowMs);
        }
    }

    /** The provider returned a mark. @return whether it stands for something that was heard */
    public boolean markReturned(String name, long nowMs) {
        var ours = clock.returned(name, nowMs, this::heard);
        pump(nowMs);
        return ours;
    }

    /** Sends what may be sent by now. Called by a timer too, for a provider whose marks do not come back. */
    public void pump(long nowMs) {
        while (true) {
            var head = queue.peek();
            if (head == null) {
                fill(nowMs);
                return;
            }
            if (head.mulaw == null) {
                queue.remove();
                clock.ended(head.item, this::heard);
                markIfNeeded();
            } else if (!send(head.item, head.mulaw, nowMs)) {
                return;
            }
        }
    }

    /**
     * Fills the silence as soon as all that was sent is heard, until the next {@link #play} or {@link #clear}.
     *
     * @param mostMs and no longer
     */
    public void fillSilence(long nowMs, long mostMs) {
        if (!filling) {
            filling = true;
            fillerAt = 0;
        }
        fillUntilMs = nowMs + mostMs;
        pump(nowMs);
    }

    public void stopFilling() {
        filling = false;
    }

    private void fill(long nowMs) {
        if (filling && nowMs >= fillUntilMs) {
            filling = false;
        }
        if (!filling || !clock.itemsPlayed(nowMs)) {
            return;
        }
        var sound = FillerSound.mulaw();
        while (clock.aheadBytes(nowMs) < FILL_AHEAD_BYTES && out.media(sound, fillerAt, FILL_FRAME_BYTES)) {
            clock.filled(FILL_FRAME_BYTES, nowMs);
            if (tap != null) {
                tap.assistant(clock.soundsAt(FILL_FRAME_BYTES), sound, fillerAt, FILL_FRAME_BYTES);
            }
            fillerAt = (fillerAt + FILL_FRAME_BYTES) % sound.length;
        }
    }

    private boolean send(int item, byte[] mulaw, long nowMs) {
        var room = (long) pace.aheadMs * PlaybackClock.BYTES_PER_MS - clock.aheadBytes(nowMs);
        var toMark = pace.markEveryMs * PlaybackClock.BYTES_PER_MS - unmarkedBytes;
        var length = Math.min(mulaw.length - firstByteOfHead, toMark);
        if (room < length || !out.media(mulaw, firstByteOfHead, length)) {
            return false;
        }
        clock.sent(item, length, nowMs);
        if (tap != null) {
            tap.assistant(clock.soundsAt(length), mulaw, firstByteOfHead, length);
        }
        queuedBytes -= length;
        unmarkedBytes += length;
        firstByteOfHead += length;
        if (firstByteOfHead == mulaw.length) {
            firstByteOfHead = 0;
            queue.remove();
        }
        if (unmarkedBytes >= pace.markEveryMs * PlaybackClock.BYTES_PER_MS) {
            markIfNeeded();
        }
        return true;
    }

    private void markIfNeeded() {
        if (clock.needsMark()) {
            out.mark(clock.mark());
        }
        unmarkedBytes = 0;
    }

    private void heard(int item, long heardMs, boolean toItsEnd) {
        if (toItsEnd) {
            report.heardToItsEnd(item, heardMs);
        }
        out.heard(item, heardMs, toItsEnd);
    }

    /** Stops playback. @return what was heard of every unfinished item, those that only waited included */
    public List<HeardItem> clear(long nowMs) {
        filling = false;
        out.clear();
        if (tap != null) {
            tap.cleared(clock.heardUntil(nowMs));
        }
        var heard = new ArrayList<>(clock.cleared(nowMs));
        for (var waiting : queue) {
            if (heard.isEmpty() || heard.getLast().item() != waiting.item) {
                heard.add(new HeardItem(waiting.item, 0));
            }
        }
        forgetQueue();
        report.cleared(heard);
        return heard;
    }

    /**
     * Another bridge is to speak. All that has come plays on, to its end, also that of an item of which more was to come.
     *
     * @return what that bridge has to know of it
     */
    public LinkControl.Playout handOn(long nowMs) {
        var open = open(nowMs);
        if (!open.isEmpty() && !open.getLast().ended()) {
            report.brokenOff(lastItem);
            itemEnd(lastItem, nowMs);
        }
        return report.of(lastItem, open);
    }

    /** What was sent and what waits, of every item that was not heard to its end. */
    private List<Sounding> open(long nowMs) {
        var open = new ArrayList<>(clock.sounding(nowMs));
        var skip = firstByteOfHead;
        for (var waiting : queue) {
            var bytes = waiting.mulaw == null ? 0 : waiting.mulaw.length - skip;
            skip = 0;
            var known = !open.isEmpty() && open.getLast().item() == waiting.item;
            var before = known ? open.removeLast() : new Sounding(waiting.item, 0, 0, false);
            open.add(new Sounding(
                    waiting.item,
                    before.heardMs(),
                    before.leftMs() + bytes / PlaybackClock.BYTES_PER_MS,
                    waiting.mulaw == null));
        }
        return open;
    }

    /**
     * Another bridge speaks from now on and knows nothing of the one before: it counts its items anew. What was sent plays
     * on, what waited is forgotten.
     */
    public void newSpeaker() {
        report.forget();
        clock.forgetItems();
        forgetQueue();
        lastItem = 0;
        cutItem = 0;
    }

    private void forgetQueue() {
        queue.clear();
        queuedBytes = 0;
        firstByteOfHead = 0;
        unmarkedBytes = 0;
    }

    /** What was heard of every unfinished item that has begun. */
    public List<HeardItem> heardSoFar(long nowMs) {
        return clock.unfinished(nowMs);
    }

    /** Sees to it that the last audio has a mark behind it, so that its end is known. */
    public void expectEnd() {
        filling = false;
        var last = queue.peekLast();
        if (last == null) {
            markIfNeeded();
        } else if (last.mulaw != null) {
            queue.add(new Waiting(lastItem, null));
        }
    }

    /** Whether nothing waits and nothing sounds. @param graceMs for marks that do not come back */
    public boolean silent(long nowMs, long graceMs) {
        return queue.isEmpty() && clock.allPlayed(nowMs, graceMs);
    }

    /** Whether time alone may let something go. */
    public boolean waiting() {
        return filling || !queue.isEmpty();
    }

    /** As {@link PlaybackClock#heardUntil}. */
    public long heardUntil(long nowMs) {
        return clock.heardUntil(nowMs);
    }

    public long playedMs(long nowMs) {
        return clock.playedMs(nowMs);
    }

    /** How long after now the next audio that is sent will sound, as far as the clock knows. */
    long aheadMs(long nowMs) {
        return clock.aheadBytes(nowMs) / PlaybackClock.BYTES_PER_MS;
    }

    DryRuns dryRuns() {
        return clock.dryRuns();
    }

    /** To the provider's playback and back, of the quickest mark; -1 when no mark came back yet. */
    long wayMs() {
        return clock.wayMs();
    }
}
