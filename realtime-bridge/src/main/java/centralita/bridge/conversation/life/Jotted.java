package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Playback.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the journal has of the answers that the caller is hearing.
 *
 * @param atMs when it was last told
 */
record Jotted(long atMs, List<Note> notes) {
    static final Jotted NOTHING = new Jotted(Long.MIN_VALUE / 2, List.of());

    /** @param textLength of the text as it was then */
    record Note(String itemId, int number, int textLength, long heardMs, boolean complete) {
        static Note of(Item item) {
            return new Note(item.itemId(), item.number(), item.text().length(), item.heardMs(), item.complete());
        }

        /** Whether only the caller's ear has moved on. */
        boolean sameButHeard(Note later) {
            return number == later.number && textLength == later.textLength && complete == later.complete;
        }
    }

    @Nullable
    Note of(String itemId) {
        for (var note : notes) {
            if (note.itemId().equals(itemId)) {
                return note;
            }
        }
        return null;
    }
}
