package centralita.local.suite;

import java.nio.file.Path;

/** Where the programs and this launcher were built. */
public final class SourceFolder {
    private SourceFolder() {}

    /** The script that starts the launcher says it; in an IDE it is the working folder. */
    public static Path here() {
        return Path.of(System.getProperty("centralita.home", "."))
                .toAbsolutePath()
                .normalize();
    }
}
