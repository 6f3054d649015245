package centralita.bridge.session;

import centralita.bridge.conversation.life.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the audio of the model's items goes, and how much of it there is: the part of the assistant's speech that is
 * bytes. On the media event loop only.
 */
final class ItemRoutes {
    private static final int BYTES_PER_MS = 8;

    /** One item. {@code number} 0: its audio goes nowhere, or waits when it is {@code held}. */
    static final class Route {
        final String responseId;
        final String itemId;
        final StringBuilder text = new StringBuilder();
        /** What the caller has not heard of it; used only when it may be wanted again. */
        final UnheardAudio unheard = new UnheardAudio();

        int number;
        boolean held;
        long bytes;
        boolean grown;
        boolean responseDone;

        Route(String responseId, String itemId) {
            this.responseId = responseId;
            this.itemId = itemId;
        }
    }

    private final Map<String, Route> byItem = new HashMap<>();
    private @Nullable Route last;

    @Nullable
    Route find(String itemId) {
        var recent = last;
        if (recent != null && recent.itemId.equals(itemId)) {
            return recent;
        }
        var found = byItem.get(itemId);
        if (found != null) {
            last = found;
        }
        return found;
    }

    Route make(String responseId, String itemId) {
        var route = byItem.computeIfAbsent(itemId, _ -> new Route(responseId, itemId));
        last = route;
        return route;
    }

    void play(String itemId, int number) {
        var route = find(itemId);
        if (route != null) {
            route.number = number;
        }
    }

    void silence(List<String> itemIds) {
        for (var itemId : itemIds) {
            var route = find(itemId);
            if (route != null) {
                route.number = 0;
                route.held = false;
                route.unheard.forget();
            }
        }
    }

    /** Audio goes nowhere and is kept. */
    void hold(List<String> itemIds) {
        for (var itemId : itemIds) {
            var route = find(itemId);
            if (route != null) {
                route.number = 0;
                route.held = true;
            }
        }
    }

    void heard(int number, long heardMs) {
        for (var route : byItem.values()) {
            if (route.number == number) {
                route.unheard.heardHere(heardMs);
            }
        }
    }

    /** What has grown since the last time that somebody asked. */
    List<Input.ItemGrew> grown(long nowMs) {
        List<Input.ItemGrew> all = List.of();
        for (var route : byItem.values()) {
            if (route.grown) {
                route.grown = false;
                all = all.isEmpty() ? new ArrayList<>() : all;
                all.add(new Input.ItemGrew(nowMs, route.itemId, route.bytes / BYTES_PER_MS, route.text.toString()));
            }
        }
        return all;
    }

    /** A response makes no more audio: what nobody needs of this and earlier ones is forgotten. */
    void done(String responseId, Predicate<String> needed) {
        for (var route : byItem.values()) {
            if (route.responseId.equals(responseId)) {
                route.responseDone = true;
            }
        }
        byItem.values().removeIf(route -> route.responseDone && !needed.test(route.itemId));
        last = null;
    }

    void forget() {
        byItem.clear();
        last = null;
    }

    int size() {
        return byItem.size();
    }
}
