package centralita.gateway.call;

/** One call's way from the bridge that serves it to another, in peace. Event loop only. */
interface Passage {
    /** Why it goes. */
    MoveCause cause();

    /** Something happened to the call. @return whether it needs nothing else now */
    boolean on(HandOver.Input input);
}
