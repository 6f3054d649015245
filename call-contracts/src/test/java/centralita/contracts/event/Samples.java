package centralita.contracts.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Every event that was ever recorded: {@code samples/{type}/{what it shows}.json}. */
final class Samples {
    private static final Path FOLDER = Path.of("src", "test", "resources", "samples");

    private Samples() {}

    /** @param type the folder it lies in @param name what it shows */
    record Sample(String type, String name, String json) {
        /** A newer producer wrote it: it has fields that we do not know. */
        boolean isNewer() {
            return name.equals("newer-fields");
        }

        /** A newer producer wrote it: we do not know what happened. */
        boolean isOfUnknownKind() {
            return name.equals("unknown-kind");
        }

        boolean isTranscript() {
            return type.startsWith("centralita.transcript.");
        }

        boolean isRequest() {
            return type.startsWith("centralita.request.");
        }

        @Override
        public String toString() {
            return type + "/" + name;
        }
    }

    static List<Sample> all() {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Samples::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Sample> ofKnownKinds() {
        return all().stream().filter(sample -> !sample.isOfUnknownKind()).toList();
    }

    private static Sample read(Path file) {
        try {
            var name = Arrays.asList(file.getFileName().toString().split("\\.")).getFirst();
            return new Sample(file.getParent().getFileName().toString(), name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
