package centralita.bridge.session;

import centralita.audiolink.LinkControl;
import centralita.bridge.conversation.life.Input;
import org.jspecify.annotations.Nullable;

/**
 * A caller's stream that has come.
 *
 * @param streamSid the provider's id of it
 * @param stream 1 for the call's first
 * @param playout what the gateway knows of what another bridge has said on it; null when none has
 */
record Arrival(String streamSid, int stream, Input.@Nullable Playout playout) {
    static Arrival of(LinkControl.Attach attach) {
        var told = attach.playout();
        if (told == null || told.items() == null) {
            return new Arrival(attach.streamSid(), attach.stream(), null);
        }
        var items = told.items().stream()
                .map(item -> new Input.PlayedItem(
                        item.item(), Math.max(0, item.heardMs()), Math.max(0, item.leftMs()), item.complete()))
                .toList();
        return new Arrival(attach.streamSid(), attach.stream(), new Input.Playout(told.lastItem(), items));
    }

    /** The caller has heard more since it came. */
    Arrival heard(int number, long heardMs, boolean toItsEnd) {
        if (playout == null) {
            return this;
        }
        var items = playout.items().stream()
                .map(item -> item.number() == number ? item.heard(heardMs, toItsEnd) : item)
                .toList();
        return new Arrival(streamSid, stream, new Input.Playout(playout.lastItem(), items));
    }
}
