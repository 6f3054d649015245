package centralita.local.measuring;

import centralita.contracts.json.ContractsJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command's figures go besides the screen. Options of a command that mixes it in. */
public final class ReportFile {
    @Option(
            names = {"--out", "--json"},
            paramLabel = "FILE",
            description = "Writes everything there, as JSON.")
    @Nullable
    private Path file;

    /** Writes the report if somebody wants it, and says so. @param report a record */
    public void write(Object report, PrintStream print) throws IOException {
        if (file == null) {
            return;
        }
        Files.writeString(
                file, ContractsJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        print.println("Written: " + file);
    }
}
