package centralita.simulators.model.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a session in their order, with the checks that the service makes. At most 1,000: then the oldest goes,
 * as the service drops the beginning of a conversation that has become too long. Not thread-safe.
 */
public final class Conversation {
    static final int MOST_ITEMS = 1_000;
    private static final int ITEMS_WITH_AUDIO = 8;
    private static final int MOST_DELETED = 100;

    private final String id;
    private final List<Item> items = new ArrayList<>();
    private final List<Item> deleted = new ArrayList<>();

    public Conversation(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public List<Item> items() {
        return Collections.unmodifiableList(items);
    }

    /** The last 100 deleted items, for inspection. */
    public List<Item> deleted() {
        return Collections.unmodifiableList(deleted);
    }

    /** @return id of the item before this one; null when it is the first */
    public @Nullable String previousOf(Item item) {
        int at = items.indexOf(item);
        return at <= 0 ? null : items.get(at - 1).id();
    }

    public @Nullable String lastId() {
        return items.isEmpty() ? null : items.getLast().id();
    }

    public void append(Item item) {
        items.add(item);
        shrink();
    }

    /**
     * @param previousItemId null for the end, {@code root} for the beginning
     * @throws Refusal when there is no such item, or one of the new item's id
     */
    public void insert(Item item, @Nullable String previousItemId) {
        if (find(item.id()) != null) {
            throw Refusal.invalidValue("item.id", "an item with id '%s' exists.".formatted(item.id()));
        }
        if (previousItemId == null) {
            append(item);
        } else if (previousItemId.equals("root")) {
            items.addFirst(item);
        } else {
            var previous = find(previousItemId);
            if (previous == null) {
                throw new Refusal(
                        "item_create_invalid_previous_item_id",
                        "previous_item_id",
                        "Previous item with id '%s' not found.".formatted(previousItemId));
            }
            items.add(items.indexOf(previous) + 1, item);
        }
        shrink();
    }

    public void delete(String itemId) {
        var item = known(itemId, "item_delete_invalid_item_id");
        items.remove(item);
        deleted.add(item);
        if (deleted.size() > MOST_DELETED) {
            deleted.removeFirst();
        }
    }

    public Item retrieve(String itemId) {
        return known(itemId, "item_retrieve_invalid_item_id");
    }

    /** @throws Refusal when there is no such item, it has no audio of the model, or not so much */
    public void truncate(String itemId, int contentIndex, int audioEndMs) {
        var item = known(itemId, "item_truncate_invalid_item_id");
        if (!item.isAnswer() || item.audioMs() == 0) {
            throw new Refusal(
                    "unsupported_content_type",
                    "item_id",
                    "Only model output audio messages can be truncated; item '%s' is none.".formatted(itemId));
        }
        if (contentIndex != 0) {
            throw Refusal.invalidValue("content_index", "the item has no such content part.");
        }
        if (audioEndMs > item.keptAudioMs()) {
            throw new Refusal(
                    "invalid_value",
                    "audio_end_ms",
                    "Audio content of %dms is already shorter than %dms".formatted(item.keptAudioMs(), audioEndMs));
        }
        item.truncate(audioEndMs);
    }

    public @Nullable Item find(String itemId) {
        // From the end: who asks nearly always means one of the last.
        for (int at = items.size() - 1; at >= 0; at--) {
            if (items.get(at).id().equals(itemId)) {
                return items.get(at);
            }
        }
        return null;
    }

    private Item known(String itemId, String codeIfNot) {
        var item = find(itemId);
        if (item == null) {
            throw new Refusal(codeIfNot, "item_id", "Item with id '%s' not found.".formatted(itemId));
        }
        return item;
    }

    private void shrink() {
        if (items.size() > MOST_ITEMS) {
            items.removeFirst();
        }
        if (items.size() > ITEMS_WITH_AUDIO) {
            items.get(items.size() - 1 - ITEMS_WITH_AUDIO).forgetAudio();
        }
    }
}
