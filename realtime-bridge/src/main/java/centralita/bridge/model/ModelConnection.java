package centralita.bridge.model;

import io.netty.buffer.ByteBuf;

/**
 * One session of a realtime model. On the media event loop only. After {@link #close()} or {@code onClosed} every method
 * does nothing.
 */
public interface ModelConnection {
    /** The caller's audio, μ-law, 8 kHz, any length. @param mulaw read from reader to writer index; neither kept nor changed */
    void hear(ByteBuf mulaw);

    void send(ModelCommand command);

    /** Whether what was sent still waits here: keep the caller's audio for a while. */
    boolean full();

    /** How much of the caller's audio the other side has for sure, in ms from the first; the rest may be lost on the way. */
    long arrivedMs();

    /** Stops reading what the model says, until {@link #resume()}. */
    void pause();

    void resume();

    /** Ends the session; the listener hears nothing more. */
    void close();

    /** The same, because it gives no answer. */
    void abandon();
}
