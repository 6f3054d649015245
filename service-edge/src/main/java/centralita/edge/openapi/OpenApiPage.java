package centralita.edge.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The OpenAPI page of a service under {@code docs/contracts/}, for the test that compares it with what the service says. */
public final class OpenApiPage {
    private final Path file;

    private OpenApiPage(Path file) {
        this.file = file;
    }

    /**
     * @param repositoryRoot in tests {@code System.getProperty("repository.root")}
     * @param service its module's name
     */
    public static OpenApiPage in(Path repositoryRoot, String service) {
        return new OpenApiPage(repositoryRoot.resolve("docs/contracts/" + service + ".openapi.yaml"));
    }

    /**
     * The page as it is stored.
     *
     * @param said what the service says; stored first with {@code -Dcontracts.write=true}, to change the page on purpose
     */
    public String stored(String said) {
        try {
            if (Boolean.getBoolean("contracts.write")) {
                Files.writeString(file, said);
            }
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write " + file.getFileName(), e);
        }
    }
}
