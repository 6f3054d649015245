package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Jotted.Note;
import centralita.bridge.conversation.life.Playback.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the journal what the assistant is saying while the caller hears it, so that a bridge which takes over in the middle
 * knows the words (F-P1). Not with every frame: a journal is written over the network, and the gateway knows better than
 * any journal how far the caller came. What it cannot know are the words, so those are written sooner.
 */
final class InMidAnswer {
    /** While the text grows. The model makes a sentence in less, and what was made after the last note is said twice. */
    static final long GROWING_MS = 400;
    /** When only the heard position has moved on. */
    static final long HEARD_MS = 1_000;

    private InMidAnswer() {}

    /** Comes after every input. */
    static void jot(Step step) {
        var items = step.playback.items();
        var before = step.jotted;
        if (items.isEmpty() && before.notes().isEmpty()) {
            return;
        }
        var sinceMs = step.nowMs - before.atMs();
        var notes = new ArrayList<Note>(items.size());
        var told = false;
        for (var item : items) {
            var last = before.of(item.itemId());
            if (isHeard(item) && sinceMs >= pauseMs(last, item)) {
                step.then(new Effect.Remember(entry(item)));
                notes.add(Note.of(item));
                told = true;
            } else if (last != null) {
                notes.add(last);
            }
        }
        step.jotted = new Jotted(told ? step.nowMs : before.atMs(), List.copyOf(notes));
    }

    private static boolean isHeard(Item item) {
        return item.number() > 0 && !item.cut() && !item.text().isEmpty();
    }

    /** @param last null: the journal does not know it yet */
    private static long pauseMs(@Nullable Note last, Item item) {
        if (last == null) {
            return GROWING_MS;
        }
        var now = Note.of(item);
        if (now.equals(last)) {
            return Long.MAX_VALUE;
        }
        // Now all words are known: whatever happens, nothing more needs to be written.
        return now.complete() && !last.complete() ? 0 : last.sameButHeard(now) ? HEARD_MS : GROWING_MS;
    }

    private static JournalEntry entry(Item item) {
        return new JournalEntry.AssistantSpeaks(
                item.itemId(),
                item.text(),
                item.number(),
                item.turn(),
                item.startMs(),
                item.baseMs(),
                item.madeMs(),
                item.heardOfMade(),
                item.complete());
    }
}
