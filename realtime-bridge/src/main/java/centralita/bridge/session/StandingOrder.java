package centralita.bridge.session;

import centralita.bridge.conversation.life.Conversation;
import org.jspecify.annotations.Nullable;

/** Who waits for a call to be prepared, and what he was told. On the media event loop only. */
final class StandingOrder {
    private final boolean warm;
    private @Nullable PrepareOrder order;
    private boolean preparedTold;

    /** @param warm whether another bridge serves the call until its caller comes here */
    StandingOrder(boolean warm) {
        this.warm = warm;
    }

    /** A later order takes the place of an earlier one. */
    void placed(PrepareOrder next) {
        forget();
        order = next;
        preparedTold = false;
    }

    boolean is(PrepareOrder which) {
        return order == which;
    }

    /** This bridge drains: another one is to be ordered. */
    void giveAway(String reason) {
        var waiting = order;
        if (waiting != null) {
            waiting.giveAway(reason);
        }
    }

    /**
     * Tells what has become of it by now.
     *
     * @return whether the call has no use any more and is to end
     */
    boolean tell(Conversation state) {
        var waiting = order;
        if (waiting == null) {
            return false;
        }
        if (state.ended() != null) {
            forget();
            if (warm) {
                // Whoever ordered it still counts on it, and can order another.
                waiting.refused(Calls.Refusal.UNKNOWN_CALL);
            }
        } else if (warm && state.modelFailed()) {
            forget();
            waiting.refused(Calls.Refusal.MODEL_UNAVAILABLE);
            return true;
        } else if (!preparedTold && state.modelReady()) {
            preparedTold = true;
            waiting.prepared();
        }
        return false;
    }

    void forget() {
        var done = order;
        order = null;
        if (done != null) {
            done.done();
        }
    }
}
