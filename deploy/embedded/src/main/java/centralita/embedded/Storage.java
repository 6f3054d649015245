package centralita.embedded;

import java.nio.file.Path;

/** Where the servers keep their data. */
public sealed interface Storage {
    /**
     * In a folder that the next start finds again. One process at a time may use it.
     *
     * @param folder made when it does not exist
     */
    record Kept(Path folder) implements Storage {}

    /** In a temporary folder that goes with the servers. */
    record ThrownAway() implements Storage {}
}
