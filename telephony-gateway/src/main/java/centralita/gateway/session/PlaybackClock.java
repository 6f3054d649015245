package centralita.gateway.session;

import centralita.audiolink.LinkControl.HeardItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Knows how much of what was sent to the caller he has heard. Pure: no clock, no I/O; every method is told the time.
 * One per media stream, on that stream's event loop.
 *
 * <p>Positions are bytes of μ-law since the stream began, 8 to the millisecond. Audio that follows without a pause is a
 * <em>run</em>: the provider plays it at the pace of the clock. Let the way to the provider take {@code d} ms. A run
 * that was sent from time {@code t} on begins to sound at {@code t + d}; a {@code clear} written now stops it at
 * {@code now + d}; so what will have been heard is {@code now - t}, whatever {@code d} is. Returned marks correct this
 * where the provider played later than that: a mark is late by the way there and back, and by how much more than the
 * smallest lateness ever seen the last few were late, the run is late.
 */
public final class PlaybackClock {
    public static final int BYTES_PER_MS = 8;
    /** Marks of a run before their lateness is believed, and how many are looked at: one late mark says nothing. */
    private static final int LATENESS_SAMPLES = 4;

    private static final int LATENESS_NEEDED = 3;
    /** A mark that is late by more than this shows that playback stands still. */
    private static final long OVERDUE_MS = 500;

    private final ArrayDeque<Mark> outstanding = new ArrayDeque<>();
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private final DryRuns dryRuns = new DryRuns();
    private final long[] lateness = new long[LATENESS_SAMPLES];
    private int latenessCount;
    private long smallestLatenessMs = Long.MAX_VALUE;

    private long sent;
    private long lastItemEnd;
    private long acknowledged;
    private boolean running;
    private int run;
    private long runPosition;
    private long runStartMs;
    private long runShiftMs;
    private long marks;

    /** @param expectedMs when it would be played if the way took no time */
    private record Mark(String name, long position, int run, long expectedMs) {}

    /** A stretch of an item's audio: all of it, unless something that is no item sounded in between. */
    private static final class Item {
        private final int number;
        private final long start;
        /** Bytes of the same item in stretches before. */
        private final long before;

        private long end;
        private boolean ended;
        private boolean goesOn;

        private Item(int number, long start, long before) {
            this.number = number;
            this.start = start;
            this.before = before;
            this.end = start;
        }

        private long toItsEnd() {
            return before + end - start;
        }
    }

    /** Told of every item of which the caller has heard more. */
    @FunctionalInterface
    public interface Heard {
        void on(int item, long heardMs, boolean toItsEnd);
    }

    /** Audio of an item was written to the provider. @param bytes of μ-law */
    public void sent(int item, int bytes, long nowMs) {
        begin(nowMs, inMidItem(item));
        var told = item(item);
        sent += bytes;
        told.end = sent;
        lastItemEnd = sent;
    }

    /** Sound that belongs to no item was written to the provider; nothing is reported of it. */
    public void filled(int bytes, long nowMs) {
        begin(nowMs, false);
        sent += bytes;
    }

    /** Whether the caller has heard all items by now, by the clock. */
    public boolean itemsPlayed(long nowMs) {
        return acknowledged >= lastItemEnd || played(nowMs) >= lastItemEnd;
    }

    private void begin(long nowMs, boolean inMidItem) {
        if (!running || played(nowMs) >= sent) {
            if (running && inMidItem) {
                dryRuns.note(nowMs - runStartMs - runShiftMs - (sent - runPosition) / BYTES_PER_MS);
            }
            running = true;
            run++;
            runPosition = sent;
            runStartMs = nowMs;
            runShiftMs = 0;
            latenessCount = 0;
        }
    }

    /**
     * Where on the clock of {@code nowMs} the last so many bytes that were sent begin to sound, in samples. Audio that
     * follows without a pause follows without a pause here, too.
     */
    public long soundsAt(int lastBytes) {
        return sounds(sent - lastBytes);
    }

    /** Where on that clock the caller stops to hear what was sent, when playback ends now. */
    public long heardUntil(long nowMs) {
        return sounds(heardPosition(nowMs));
    }

    private long sounds(long position) {
        return runStartMs * BYTES_PER_MS + position - runPosition;
    }

    private boolean inMidItem(int item) {
        var last = items.peekLast();
        return last != null && last.number == item && !last.ended;
    }

    /** Where the assistant's audio ran dry. */
    DryRuns dryRuns() {
        return dryRuns;
    }

    /** To the provider's playback and back, of the quickest mark; -1 when no mark came back yet. */
    long wayMs() {
        return smallestLatenessMs == Long.MAX_VALUE ? -1 : smallestLatenessMs;
    }

    /** Places a mark after what was sent so far. @return its name, unique in this stream */
    public String mark() {
        var name = "p" + ++marks;
        var expectedMs = runStartMs + (sent - runPosition) / BYTES_PER_MS;
        outstanding.add(new Mark(name, sent, run, expectedMs));
        return name;
    }

    /** Whether what was sent last has no mark behind it that is still to come. */
    public boolean needsMark() {
        var last = outstanding.peekLast();
        return acknowledged < sent && (last == null || last.position < sent);
    }

    /** An item has all its audio. The caller places a mark behind it if {@link #needsMark()} says so. */
    public void ended(int item, Heard heard) {
        var last = items.peekLast();
        (last != null && last.number == item ? last : item(item)).ended = true;
        report(heard);
    }

    /**
     * The provider returned a mark.
     *
     * @return whether it was one of ours that is outstanding; marks that a {@code clear} sent back are not
     */
    public boolean returned(String name, long nowMs, Heard heard) {
        if (outstanding.stream().noneMatch(mark -> mark.name.equals(name))) {
            return false;
        }
        Mark mark;
        do {
            mark = outstanding.remove();
        } while (!mark.name.equals(name));
        acknowledged = mark.position;
        learn(mark, nowMs);
        report(heard);
        return true;
    }

    private void learn(Mark mark, long nowMs) {
        var lateMs = Math.max(0, nowMs - mark.expectedMs);
        smallestLatenessMs = Math.min(smallestLatenessMs, lateMs);
        if (mark.run != run) {
            return;
        }
        lateness[latenessCount++ % LATENESS_SAMPLES] = lateMs;
        if (latenessCount >= LATENESS_NEEDED) {
            var least = Long.MAX_VALUE;
            for (var i = 0; i < Math.min(latenessCount, LATENESS_SAMPLES); i++) {
                least = Math.min(least, lateness[i]);
            }
            runShiftMs = Math.max(0, least - smallestLatenessMs);
        }
    }

    private void report(Heard heard) {
        for (Iterator<Item> all = items.iterator(); all.hasNext(); ) {
            var item = all.next();
            if (item.goesOn && item.end <= acknowledged) {
                all.remove();
            } else if (item.ended && item.end <= acknowledged) {
                heard.on(item.number, item.toItsEnd() / BYTES_PER_MS, true);
                all.remove();
            } else if (item.start < acknowledged) {
                var bytes = item.before + Math.min(item.end, acknowledged) - item.start;
                heard.on(item.number, bytes / BYTES_PER_MS, false);
                return;
            } else {
                return;
            }
        }
    }

    /**
     * Playback was told to stop now: forgets everything that was sent.
     *
     * @return what will have been heard of every item that was not reported as heard to its end
     */
    public List<HeardItem> cleared(long nowMs) {
        var heard = unfinished(nowMs);
        items.clear();
        outstanding.clear();
        acknowledged = sent;
        running = false;
        return heard;
    }

    /** What was heard by now of every item that was not reported as heard to its end, in order of play. */
    public List<HeardItem> unfinished(long nowMs) {
        var position = heardPosition(nowMs);
        var heard = new ArrayList<HeardItem>(items.size());
        for (var item : items) {
            var bytes = Math.clamp(position - item.start, 0, item.end - item.start);
            if (!heard.isEmpty() && heard.getLast().item() == item.number) {
                var before = heard.removeLast().heardMs();
                heard.add(new HeardItem(item.number, before + bytes / BYTES_PER_MS));
            } else {
                heard.add(new HeardItem(item.number, (item.before + bytes) / BYTES_PER_MS));
            }
        }
        return heard;
    }

    /** @param leftMs of it that were sent and are still to be heard @param ended whether it has all its audio */
    record Sounding(int item, long heardMs, long leftMs, boolean ended) {}

    /** Every item that was not reported as heard to its end, in order of play. */
    List<Sounding> sounding(long nowMs) {
        var all = new ArrayList<Sounding>(items.size());
        for (var heard : unfinished(nowMs)) {
            // Its last stretch counts those before.
            for (var item : items) {
                if (item.number == heard.item() && !item.goesOn) {
                    var leftMs = item.toItsEnd() / BYTES_PER_MS - heard.heardMs();
                    all.add(new Sounding(item.number, heard.heardMs(), leftMs, item.ended));
                }
            }
        }
        return all;
    }

    /** Reports nothing more of what was sent so far; it plays on. */
    public void forgetItems() {
        items.clear();
    }

    /** Bytes that were sent and, by the clock, not played: what the provider still holds. */
    public long aheadBytes(long nowMs) {
        return sent - played(nowMs);
    }

    /** Whether everything was played: all marks are back, or the clock says so with {@code graceMs} to spare. */
    public boolean allPlayed(long nowMs, long graceMs) {
        return acknowledged >= sent || (played(nowMs - graceMs) >= sent);
    }

    /** Milliseconds that the caller has heard since the stream began, items that were cleared included in full. */
    public long playedMs(long nowMs) {
        return heardPosition(nowMs) / BYTES_PER_MS;
    }

    private long played(long nowMs) {
        if (!running) {
            return sent;
        }
        var byClock = runPosition + (nowMs - runStartMs - runShiftMs) * BYTES_PER_MS;
        return Math.clamp(byClock, Math.min(acknowledged, sent), sent);
    }

    private long heardPosition(long nowMs) {
        var position = played(nowMs);
        var next = outstanding.peek();
        if (next != null && smallestLatenessMs != Long.MAX_VALUE) {
            var dueMs = next.expectedMs + smallestLatenessMs + (next.run == run ? runShiftMs : 0);
            if (nowMs > dueMs + OVERDUE_MS) {
                return Math.min(position, next.position);
            }
        }
        return position;
    }

    /** The item that is being sent; one that begins does so at the position reached. */
    private Item item(int number) {
        var last = items.peekLast();
        if (last != null && last.number == number && last.end == sent) {
            return last;
        }
        var again = last != null && last.number == number ? last : null;
        if (again != null) {
            again.goesOn = true;
        }
        var begun = new Item(number, sent, again == null ? 0 : again.toItsEnd());
        items.add(begun);
        return begun;
    }
}
