package centralita.gateway.link;

import centralita.contracts.call.EndReason;
import io.netty.buffer.ByteBuf;

/**
 * Hears what a bridge says under one session number. Called on the event loop; after {@link #lost}, {@link #refused} or
 * {@link #released} nothing more comes.
 */
public interface LinkListener {
    /** Attached. @param goesOn whether the bridge goes on with what the one before has said */
    default void ready(long epoch, boolean goesOn) {}

    /** The bridge does not serve this. @param reason as {@code docs/audio-link.md} lists them */
    void refused(String reason);

    /** The bridge does not serve this, because the call was meant to end: nobody is to take it up again. */
    default void callIsOver(EndReason ended) {
        refused("over");
    }

    /** The bridge is gone, or cannot be reached. */
    void lost();

    /** @param mulaw valid during the call */
    default void play(int item, ByteBuf mulaw) {}

    default void itemEnd(int item) {}

    default void clear(int order) {}

    default void hangUp(EndReason reason, boolean afterPlayout) {}

    /** The model session of this order is configured. */
    default void prepared() {}

    /** The bridge asks to be relieved of this call, and serves on. */
    default void giveAway(String reason) {}

    /** The bridge has let go of the call; nothing more comes. @param replayMs of the caller's last audio that the next one is to hear */
    default void released(long replayMs) {}

    /** Words are late: the silence is to be filled until the next {@link #play} or {@link #clear}. */
    default void filler() {}

    /** The link takes audio again. */
    default void writable() {}
}
