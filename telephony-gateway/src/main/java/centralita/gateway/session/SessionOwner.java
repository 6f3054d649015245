package centralita.gateway.session;

import centralita.contracts.call.EndReason;

/** The call that a session belongs to, as the session sees it. */
public interface SessionOwner {
    /** The bridge speaks under this epoch. */
    void ready(AudioSession session, long epoch);

    /** The first sound for the caller of this stream has come. Called once. */
    void spoke(AudioSession session);

    /** The bridge does not serve the call. */
    void refused(AudioSession session, String reason);

    /** The bridge is gone. */
    void bridgeLost(AudioSession session);

    /** The bridge asks to be relieved of the call, and serves on. */
    void giveAway(AudioSession session, String reason);

    /** The bridge has let go of the call in peace. */
    void released(AudioSession session);

    /** The bridge wants the call to end; the session sees to the playout and closes the stream. */
    void hangingUp(AudioSession session, EndReason reason);

    /** The stream is over. Called once. */
    void over(AudioSession session, StreamEnd end);
}
