package centralita.bridge.session;

/** The event loop on which all calls of this process live, with its clock. */
public interface MediaLoop {
    /** Milliseconds that never run backwards. */
    long nowMs();

    /** Runs a task later, on the loop. */
    void after(long delayMs, Runnable task);

    /** Runs a task on the loop, soon. From any thread. */
    void soon(Runnable task);
}
