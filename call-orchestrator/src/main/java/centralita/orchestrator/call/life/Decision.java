package centralita.orchestrator.call.life;

/** What an input does to a call. */
public sealed interface Decision {
    record Moved(CallState to) implements Decision {}

    /** A repeated, late or silent input: nothing changes and nothing is wrong. */
    record Ignored(String why) implements Decision {}
}
