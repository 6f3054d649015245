package centralita.bridge.conversation.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The assistant's items that are not settled: neither heard to their end nor cut.
 *
 * @param items in the order in which they play
 * @param lastNumber the last number given to an item that plays
 * @param lastOrder the last order to stop playback
 * @param unanswered the order that the gateway has not answered; null: none
 * @param silenced responses whose audio is thrown away; the oldest are forgotten
 * @param toldMs when it was last known how far the caller has heard
 */
record Playback(
        List<Item> items,
        int lastNumber,
        int lastOrder,
        @Nullable Order unanswered,
        List<String> silenced,
        long toldMs) {
    static final Playback EMPTY = new Playback(List.of(), 0, 0, null, List.of(), 0);
    private static final int SILENCED_KEPT = 16;
    /** A gateway that is there tells about twice in it. What may have been heard later is better said twice than never. */
    private static final long MOST_UNTOLD_MS = 400;

    /** @param bargeIn whether the caller's speech was the cause */
    record Order(int number, long sinceMs, boolean bargeIn) {}

    /**
     * One message of the assistant.
     *
     * @param number by which the gateway knows it; 0: nothing of it was sent
     * @param session the model session that made it; {@link #OF_ANOTHER_BRIDGE}, {@link #BROKEN_OFF}
     * @param turn 0 until it plays
     * @param startMs since the conversation's start
     * @param complete whether the model has made all its audio
     * @param heardMs of the whole item
     * @param baseMs how much of it was heard before it got its number: it was held for a while
     * @param cut whether it was told to stop
     */
    record Item(
            int number,
            String itemId,
            String responseId,
            int session,
            int turn,
            long startMs,
            long madeMs,
            boolean hasAudio,
            boolean complete,
            long heardMs,
            long baseMs,
            boolean cut,
            String text) {
        /** Made by a session of another bridge, and all of it is there. */
        static final int OF_ANOTHER_BRIDGE = 0;
        /** The same, but that bridge was lost before it had all of it. */
        static final int BROKEN_OFF = -1;

        /** Whether this bridge goes on with it for another. Its audio is at the gateway only. */
        boolean ofAnotherBridge() {
            return session <= OF_ANOTHER_BRIDGE;
        }

        Item playing(int newNumber, int newTurn, long newStartMs) {
            return changed(draft -> {
                draft.number = newNumber;
                draft.turn = newTurn;
                draft.startMs = newStartMs;
                draft.hasAudio = true;
            });
        }

        Item unplayed() {
            return changed(draft -> {
                draft.hasAudio = true;
                draft.cut = true;
            });
        }

        Item grown(long newMadeMs, String newText) {
            return changed(draft -> {
                draft.madeMs = newMadeMs;
                draft.text = newText;
            });
        }

        Item ended() {
            return changed(draft -> draft.complete = true);
        }

        Item heard(long newHeardMs) {
            return changed(draft -> draft.heardMs = Math.max(heardMs, newHeardMs));
        }

        /** Heard so far since it got its number. */
        Item heardHere(long hereMs) {
            return heard(baseMs + hereMs);
        }

        /** Goes on from where it was heard, under another number. */
        Item resumed(int newNumber) {
            return changed(draft -> {
                draft.number = newNumber;
                draft.baseMs = Math.min(heardMs, madeMs);
                draft.cut = false;
            });
        }

        Item stopped() {
            return changed(draft -> draft.cut = true);
        }

        /** What the caller has heard, never more than was made. */
        long heardOfMade() {
            return Math.min(heardMs, madeMs);
        }

        private Item changed(Consumer<Draft> change) {
            var draft = new Draft(this);
            change.accept(draft);
            return draft.item();
        }
    }

    /** An item on its way to becoming another; never leaves {@link Item#changed}. */
    private static final class Draft {
        private final Item before;
        private int number;
        private int turn;
        private long startMs;
        private long madeMs;
        private boolean hasAudio;
        private boolean complete;
        private long heardMs;
        private long baseMs;
        private boolean cut;
        private String text;

        Draft(Item before) {
            this.before = before;
            this.number = before.number();
            this.turn = before.turn();
            this.startMs = before.startMs();
            this.madeMs = before.madeMs();
            this.hasAudio = before.hasAudio();
            this.complete = before.complete();
            this.heardMs = before.heardMs();
            this.baseMs = before.baseMs();
            this.cut = before.cut();
            this.text = before.text();
        }

        Item item() {
            return new Item(
                    number,
                    before.itemId(),
                    before.responseId(),
                    before.session(),
                    turn,
                    startMs,
                    madeMs,
                    hasAudio,
                    complete,
                    heardMs,
                    baseMs,
                    cut,
                    text);
        }
    }

    @Nullable
    Item byId(String itemId) {
        for (var item : items) {
            if (item.itemId().equals(itemId)) {
                return item;
            }
        }
        return null;
    }

    @Nullable
    Item byNumber(int number) {
        for (var item : items) {
            if (item.number() == number) {
                return item;
            }
        }
        return null;
    }

    boolean goesOnForAnotherBridge() {
        return items.stream().anyMatch(Item::ofAnotherBridge);
    }

    /** Items that the caller hears or waits to hear. */
    List<Item> audible() {
        return items.stream().filter(item -> item.number() > 0 && !item.cut()).toList();
    }

    List<Item> ofResponse(String responseId) {
        return items.stream()
                .filter(item -> item.responseId().equals(responseId))
                .toList();
    }

    boolean silences(String responseId) {
        return silenced.contains(responseId);
    }

    Playback with(Item changed) {
        var next = new ArrayList<Item>(items.size() + 1);
        var found = false;
        for (var item : items) {
            var same = item.itemId().equals(changed.itemId());
            found |= same;
            next.add(same ? changed : item);
        }
        if (!found) {
            next.add(changed);
        }
        return new Playback(List.copyOf(next), lastNumber, lastOrder, unanswered, silenced, toldMs);
    }

    Playback without(Set<String> itemIds) {
        var next =
                items.stream().filter(item -> !itemIds.contains(item.itemId())).toList();
        return new Playback(next, lastNumber, lastOrder, unanswered, silenced, toldMs);
    }

    /** Numbers up to this one are taken. */
    Playback countingFrom(int number) {
        return new Playback(items, Math.max(lastNumber, number), lastOrder, unanswered, silenced, toldMs);
    }

    Playback numbered() {
        return new Playback(items, lastNumber + 1, lastOrder, unanswered, silenced, toldMs);
    }

    Playback silencing(String responseId) {
        if (silences(responseId)) {
            return this;
        }
        var next = new ArrayList<>(silenced);
        next.add(responseId);
        while (next.size() > SILENCED_KEPT) {
            next.removeFirst();
        }
        return new Playback(items, lastNumber, lastOrder, unanswered, List.copyOf(next), toldMs);
    }

    Playback ordered(long nowMs, boolean bargeIn) {
        var order = new Order(lastOrder + 1, nowMs, bargeIn);
        return new Playback(items, lastNumber, order.number(), order, silenced, toldMs);
    }

    Playback answered() {
        return new Playback(items, lastNumber, lastOrder, null, silenced, toldMs);
    }

    /** It is known now how far the caller has heard. */
    Playback toldAt(long nowMs) {
        return new Playback(items, lastNumber, lastOrder, unanswered, silenced, nowMs);
    }

    /** Nobody will tell how far the caller has heard: he heard on since it was told last. */
    Playback heardUntold(long nowMs) {
        var next = this;
        var leftMs = Math.clamp(nowMs - toldMs, 0, MOST_UNTOLD_MS);
        for (var item : items) {
            if (item.number() > 0) {
                var moreMs = Math.clamp(item.madeMs() - item.heardMs(), 0, leftMs);
                next = next.with(item.heard(item.heardMs() + moreMs));
                leftMs -= moreMs;
            }
        }
        return next;
    }
}
