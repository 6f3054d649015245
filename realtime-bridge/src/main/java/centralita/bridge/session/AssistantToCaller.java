package centralita.bridge.session;

import centralita.bridge.conversation.life.Input;
import centralita.contracts.call.EndReason;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The assistant's speech on its way to the caller. Nothing waits here: audio goes to the line at once or nowhere. On the
 * media event loop only.
 */
final class AssistantToCaller {
    private final ItemRoutes routes = new ItemRoutes();
    private final boolean keeps;
    private @Nullable CallerLine line;
    private long speechHeardAtNanos;
    private long reactionMs;

    /** @param keeps whether what is sent may be wanted again, as far as it was not heard */
    AssistantToCaller(boolean keeps) {
        this.keeps = keeps;
    }

    /** The caller is here. A line that was there before is let go. */
    void bind(CallerLine next) {
        var old = line;
        if (old != null) {
            old.free();
        }
        line = next;
    }

    boolean bound() {
        return line != null;
    }

    boolean bound(CallerLine to) {
        return line == to;
    }

    void unbind() {
        line = null;
    }

    /** Whether the gateway does not read what it gets: stop making more. */
    boolean full() {
        var current = line;
        return current != null && current.full();
    }

    /** The clock of the caller's gateway, another one for each; 0 without one. */
    long gatewayLivedMs() {
        var current = line;
        return current == null ? 0 : current.gatewayLivedMs();
    }

    // What the model makes.

    void begun(String responseId, String itemId) {
        routes.make(responseId, itemId);
    }

    /** Counts audio before it is played. @return whether it is the item's first */
    boolean made(String responseId, String itemId, int bytes) {
        var known = routes.find(itemId);
        var route = known == null ? routes.make(responseId, itemId) : known;
        var first = route.bytes == 0;
        route.bytes += bytes;
        route.grown = true;
        return first;
    }

    /** @param mulaw of an item whose audio was counted */
    void play(String itemId, byte[] mulaw) {
        var route = routes.find(itemId);
        var current = line;
        if (route == null) {
            return;
        }
        if (keeps && (route.number > 0 || route.held)) {
            route.unheard.keep(mulaw);
        }
        if (route.number > 0 && current != null) {
            current.play(route.number, mulaw);
        }
    }

    void spoke(String itemId, String more) {
        var route = routes.find(itemId);
        if (route != null) {
            route.text.append(more);
            route.grown = true;
        }
    }

    /** @param whole in place of the pieces that came before */
    void spokeWhole(String itemId, String whole) {
        var route = routes.find(itemId);
        if (route != null) {
            route.text.setLength(0);
            route.text.append(whole);
        }
    }

    /** What has grown since the last time that somebody asked. */
    List<Input.ItemGrew> grown(long nowMs) {
        return routes.grown(nowMs);
    }

    /** @param needed which items' story is not over yet */
    void done(String responseId, Predicate<String> needed) {
        routes.done(responseId, needed);
    }

    /** The model hears the caller speak: the clock of our reaction starts. */
    void speechHeard(long nanos) {
        speechHeardAtNanos = nanos;
    }

    // What the conversation decides.

    void play(String itemId, int number) {
        routes.play(itemId, number);
    }

    void silence(List<String> itemIds) {
        routes.silence(itemIds);
    }

    void hold(List<String> itemIds) {
        routes.hold(itemIds);
    }

    /** What was held of an item goes out under a new number. */
    void resume(String itemId, int number, long fromMs) {
        var route = routes.find(itemId);
        var current = line;
        if (route == null) {
            return;
        }
        route.held = false;
        route.number = number;
        route.unheard.heardUntil(fromMs);
        route.unheard.restart();
        if (current != null) {
            route.unheard.forEach(mulaw -> current.play(number, mulaw));
        }
    }

    /** The caller has heard so much of what was sent under a number: it will not be wanted again. */
    void heard(int number, long heardMs) {
        if (keeps) {
            routes.heard(number, heardMs);
        }
    }

    /** Audio that is not the model's, as an item of its own. */
    void playWhole(int item, byte[] mulaw) {
        var current = line;
        if (current != null) {
            current.play(item, mulaw);
            current.endItem(item);
        }
    }

    void endItem(int item) {
        var current = line;
        if (current != null) {
            current.endItem(item);
        }
    }

    void clear(int order, long nanos) {
        var current = line;
        if (current != null) {
            current.clear(order);
        }
        reactionMs = (nanos - speechHeardAtNanos) / 1_000_000;
    }

    /** From the model's word of speech to the last order to stop. */
    long reactionMs() {
        return reactionMs;
    }

    void fill() {
        var current = line;
        if (current != null) {
            current.fill();
        }
    }

    void hangUp(EndReason reason, boolean afterPlayout) {
        var current = line;
        if (current != null) {
            current.hangUp(reason, afterPlayout);
        }
    }

    /** @param goesOn with what another bridge has said on the line */
    void ready(long epoch, boolean goesOn) {
        var current = line;
        if (current != null) {
            current.ready(epoch, goesOn);
        }
    }

    void giveAway(String reason) {
        var current = line;
        if (current != null) {
            current.giveAway(reason);
        }
    }

    void refused(Calls.Refusal why) {
        var current = line;
        if (current != null) {
            current.refused(why);
        }
    }

    void released(long replayMs) {
        var current = line;
        if (current != null) {
            current.released(replayMs);
        }
    }

    /** Lets go of the line and of everything else. */
    void free() {
        var current = line;
        line = null;
        if (current != null) {
            current.free();
        }
        routes.forget();
    }
}
