package centralita.simulators.caller;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A caller's script (docs/caller-scripts.md).
 *
 * @param name for reports
 * @param about the first comment of the file; may be empty
 * @param from may hold {@code #}, which become digits of the caller's number among many
 * @param folder against which files are resolved
 */
public record CallerScript(
        String name, String about, String to, String from, String language, List<Line> lines, Path folder) {
    /** @param text as it was written */
    public record Line(int number, String text, Step step) {}

    public CallerScript {
        lines = List.copyOf(lines);
    }

    /**
     * @throws ScriptException with all lines that are wrong
     */
    public static CallerScript parse(String name, String text) {
        return ScriptParser.parse(name, text, Path.of(""));
    }

    /**
     * @throws ScriptException with all lines that are wrong
     * @throws IOException when it cannot be read
     */
    public static CallerScript read(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var name = String.valueOf(file.getFileName()).replaceAll("\\.call$", "");
        return ScriptParser.parse(name, Files.readString(file), folder == null ? Path.of("") : folder);
    }

    /**
     * A script that comes with this module.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static CallerScript named(String name) {
        try (var in = CallerScript.class.getResourceAsStream(name + ".call")) {
            if (in == null) {
                throw new IllegalArgumentException("no script is called " + name);
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read script " + name, e);
        }
    }

    /** The same script on other numbers. */
    public CallerScript calling(String otherTo, String otherFrom) {
        return new CallerScript(name, about, otherTo, otherFrom, language, lines, folder);
    }

    /** @param caller from 0; fills the number's {@code #} from the right */
    String numberOf(int caller) {
        var digits = from.toCharArray();
        int left = caller;
        for (int at = digits.length - 1; at >= 0; at--) {
            if (digits[at] == '#') {
                digits[at] = (char) ('0' + left % 10);
                left /= 10;
            }
        }
        return new String(digits);
    }
}
