package centralita.local.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What no log and no event may hold: numbers of callers, what was said, secrets. Tells how much there is, never what: a
 * report is a log, too.
 */
final class Unspeakable {
    /** As {@link Traffic} makes them; neither a part of a longer number nor of an id. */
    private static final Pattern CALLERS_NUMBER = Pattern.compile("(?<![0-9A-Za-z-])\\+?1[2-9]\\d{2}555\\d{4}(?!\\w)");
    /** From the recorded clips. */
    private static final List<String> WORDS =
            List.of("tangerine", "mandarina", "you have reached the Centralita", "ha llamado a la línea");

    private static final int SHORTEST_SECRET = 8;

    private final List<String> texts;

    private Unspeakable(List<String> texts) {
        this.texts = texts;
    }

    /**
     * @param secretsFolder of the suite; everything in it but public keys and the account's name is a secret
     * @param canaries secrets that were given from outside
     */
    static Unspeakable of(Path secretsFolder, List<String> canaries) {
        var texts = new ArrayList<>(WORDS);
        texts.addAll(canaries);
        try (Stream<Path> files = Files.walk(secretsFolder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var name = file.getFileName().toString();
                if (!name.contains("account-sid") && !name.contains("public")) {
                    secretLines(file).forEach(texts::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the suite's secrets", e);
        }
        return new Unspeakable(List.copyOf(texts));
    }

    /** A PEM file's first line says only what it is. */
    private static Stream<String> secretLines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_SECRET && !line.startsWith("-----"))
                .limit(1);
    }

    boolean isIn(String text) {
        return texts.stream().anyMatch(text::contains)
                || CALLERS_NUMBER.matcher(text).find();
    }

    /** @return lines that hold something of it */
    long linesIn(Path log) {
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(this::isIn).count();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException("cannot read the log " + log, e);
        }
    }
}
