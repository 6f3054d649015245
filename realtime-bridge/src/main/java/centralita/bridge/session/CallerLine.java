package centralita.bridge.session;

import centralita.contracts.call.EndReason;

/** One stream of a caller, as far as a call needs to know it. On the media event loop only. */
public interface CallerLine {
    /** The call takes the line; the first thing that is said on it. @param goesOn with what another bridge has said on it */
    void ready(long epoch, boolean goesOn);

    /** @param item by which the gateway knows what it plays @param mulaw sent at once, not kept */
    void play(int item, byte[] mulaw);

    void endItem(int item);

    void clear(int order);

    /** The caller waits for words: fill the silence until the next ones. */
    void fill();

    void hangUp(EndReason reason, boolean afterPlayout);

    /** This bridge drains: another one is to have the call. */
    void giveAway(String reason);

    /** The call may go to another bridge. @param replayMs of the caller's last audio that it is to hear again */
    void released(long replayMs);

    /** The call cannot go on here; nothing follows. */
    void refused(Calls.Refusal why);

    /** The call has let go of it: nothing is said on it any more. */
    void free();

    /** Whether the gateway does not read what it gets: stop making more. */
    boolean full();

    /** A clock that goes while the gateway is heard, with whatever: what has not come in its time was not there. */
    long gatewayLivedMs();
}
