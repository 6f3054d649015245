package centralita.gateway.session;

/**
 * Listens to one media stream: what the caller said, and what was sent to him and when it begins to sound. Audio is
 * μ-law, 8 kHz; the memory is the session's own, to be copied during the call. Times are the event loop's clock; positions
 * are samples on that clock, 8 to the millisecond. Event loop only.
 */
public interface StreamTap {
    /** The caller's audio has come. @param stampMs stream time of its first sample */
    void caller(long nowMs, long stampMs, byte[] mulaw, int offset, int length);

    /** Audio was sent to the caller. @param soundsAt position at which he begins to hear it */
    void assistant(long soundsAt, byte[] mulaw, int offset, int length);

    /** Playback was stopped: nothing of what was sent is heard from this position on. */
    void cleared(long heardUntil);

    /** Some times a second. */
    void tick(long nowMs);

    /** The stream is over. @param heardUntil as {@link #cleared} */
    void ended(long nowMs, long heardUntil);
}
