package centralita.edge.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code docs/configuration.md} says that a service reads, for the test that compares it with the code.
 *
 * <p>A table row documents the names in backticks in its first cell. Under the heading {@code Shared} it holds for the
 * services that its second cell lists ({@code all}, or module names); under a heading with a module's name it holds for
 * that one.
 */
public final class ConfigurationPage {
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_.\\-]+)`");

    private final List<String> lines;

    private ConfigurationPage(List<String> lines) {
        this.lines = lines;
    }

    /** @param repositoryRoot in tests {@code System.getProperty("repository.root")} */
    public static ConfigurationPage in(Path repositoryRoot) {
        try {
            return new ConfigurationPage(Files.readAllLines(repositoryRoot.resolve("docs/configuration.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names that the page documents for a service. @param service its module's name */
    public Set<String> names(String service) {
        var names = new TreeSet<String>();
        var heading = "";
        for (var line : lines) {
            if (line.startsWith("#")) {
                heading = line.replaceFirst("#+ *", "").strip();
            } else if (line.startsWith("|")) {
                var cells = line.substring(1).split("\\|", -1);
                if (heading.equals(service) || heading.equals("Shared") && usedBy(cells, service)) {
                    NAME.matcher(cells[0]).results().forEach(match -> names.add(match.group(1)));
                }
            }
        }
        return names;
    }

    private static boolean usedBy(String[] cells, String service) {
        for (var user : cells.length > 1 ? cells[1].split(",") : new String[0]) {
            if (user.strip().equals("all") || user.strip().equals(service)) {
                return true;
            }
        }
        return false;
    }
}
