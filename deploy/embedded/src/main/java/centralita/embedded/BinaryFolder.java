package centralita.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where unpacked server programs stay for the next start: {@code $XDG_CACHE_HOME/centralita}, or {@code
 * ~/.cache/centralita}, or, where the home folder cannot be written, a folder of the user's in the temporary one.
 */
final class BinaryFolder {
    private BinaryFolder() {}

    static Path find() {
        var base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        try {
            return writable(base.resolve("centralita"));
        } catch (IOException e) {
            try {
                return writable(
                        Path.of(System.getProperty("java.io.tmpdir"), "centralita-" + System.getProperty("user.name")));
            } catch (IOException f) {
                throw new InfrastructureException(
                        "The servers' programs cannot be unpacked: neither " + base + " nor the temporary folder can be"
                                + " written.",
                        f);
            }
        }
    }

    /**
     * Unpacks a program from the class path unless that was done before.
     *
     * @param resource with its version in the name, so that another version is another file
     * @return an executable file
     */
    static Path unpack(Class<?> owner, String resource) {
        var program = find().resolve(Path.of(resource).getFileName());
        if (Files.isExecutable(program)) {
            return program;
        }
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new InfrastructureException("There is no " + resource + " on the class path.");
            }
            // Under another name first: several JVMs may do this at once, and none may run half a program.
            var unpacked = Files.createTempFile(program.getParent(), "unpacking", null);
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            if (!unpacked.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + unpacked + " executable");
            }
            Files.move(unpacked, program, StandardCopyOption.ATOMIC_MOVE);
            return program;
        } catch (IOException e) {
            throw new InfrastructureException(
                    "The program " + program + " cannot be unpacked: " + e.getMessage() + ".", e);
        }
    }

    private static Path writable(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException(folder + " is not writable");
        }
        return folder;
    }
}
