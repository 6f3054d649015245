package centralita.local.suite;

/** Told what is going on while the suite starts and stops. Called by one thread at a time. */
@FunctionalInterface
public interface Progress {
    /** @param sentence what has just been done, or begins to take a while */
    void step(String sentence);

    /** For those who do not want to know. */
    static Progress silent() {
        return _ -> {};
    }
}
