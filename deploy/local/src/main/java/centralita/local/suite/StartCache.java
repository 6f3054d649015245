package centralita.local.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the JVM of a service learned in a training run, one file per module: classes as they were loaded and linked, and
 * which methods are hot (JEP 483, JEP 515). A start with it needs a fraction of the CPU. A file is good for one build of
 * its program; after the next one the service starts the slow way until it is trained again.
 */
public final class StartCache {
    private final Path folder;

    private StartCache(Path folder) {
        this.folder = folder;
    }

    /** @param repository folder of the sources, where the services are built */
    public static StartCache of(Path repository) {
        return new StartCache(repository.resolve(SuiteSettings.STATE).resolve("start-cache"));
    }

    /** Options of {@code java} that make use of it; none when there is nothing that fits. */
    List<String> use(Module module, Path program) {
        var file = file(module);
        return Files.isRegularFile(file) && age(file) > age(program) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** Options of {@code java} that make it, when the service is asked to end and has time for it. */
    public List<String> learn(Module module) {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(file(module));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make room for what is learned", e);
        }
        return List.of("-XX:AOTCacheOutput=" + file(module));
    }

    /** Where what was learned about a module lies. */
    public Path file(Module module) {
        return folder.resolve(module.folder() + ".aot");
    }

    private static long age(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file, e);
        }
    }
}
