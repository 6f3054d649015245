package centralita.gateway.session;

import centralita.audiolink.LinkControl.HeardItem;
import centralita.audiolink.LinkControl.PlayedItem;
import centralita.audiolink.LinkControl.Playout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What the next bridge has to know of the words of the one before: its journal may be a second old, and the caller has
 * heard more since. Pure. One per media stream, on that stream's event loop.
 */
final class PlayoutReport {
    /** More than a bridge can have failed to write down. */
    private static final int SETTLED_KEPT = 4;

    private final ArrayDeque<PlayedItem> settled = new ArrayDeque<>();
    /** The item whose bridge was gone before it had given all its audio. */
    private int brokenOff = -1;

    void heardToItsEnd(int item, long heardMs) {
        settle(new PlayedItem(item, heardMs, 0, item != brokenOff));
    }

    void cleared(List<HeardItem> items) {
        items.forEach(item -> settle(new PlayedItem(item.item(), item.heardMs(), 0, false)));
    }

    private void settle(PlayedItem item) {
        settled.add(item);
        if (settled.size() > SETTLED_KEPT) {
            settled.removeFirst();
        }
    }

    void brokenOff(int item) {
        brokenOff = item;
    }

    /** @param lastItem the highest number that was heard of @param open what is not heard to its end, in order of play */
    Playout of(int lastItem, List<PlaybackClock.Sounding> open) {
        var items = new ArrayList<>(settled);
        for (var item : open) {
            items.add(new PlayedItem(
                    item.item(), item.heardMs(), item.leftMs(), item.ended() && item.item() != brokenOff));
        }
        return new Playout(lastItem, items);
    }

    /** Another bridge counts its items anew. */
    void forget() {
        settled.clear();
        brokenOff = -1;
    }
}
