package centralita.bridge.session;

/** A gateway's order to prepare a call, as the call answers it. On the media event loop only. */
public interface PrepareOrder {
    /** The model session is configured. Told once. */
    void prepared();

    /** What was accepted cannot be done after all; nothing follows. */
    void refused(Calls.Refusal why);

    /** This bridge drains: another one is to be ordered. */
    void giveAway(String reason);

    /** The caller has come, or the call is over: the order is of no more use. */
    void done();
}
