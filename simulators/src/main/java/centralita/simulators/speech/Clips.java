package centralita.simulators.speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The recorded clips, English and Spanish, as {@code make-clips.sh} made them from {@code clips/index.tsv}.
 * Read once (about 2 MB) on first use; immutable, safe for any thread.
 */
public final class Clips {
    private static final class Recorded {
        static final Clips CLIPS = new Clips(read());
    }

    private final Map<String, Clip> byPath;

    private Clips(List<Clip> clips) {
        var map = new LinkedHashMap<String, Clip>();
        clips.forEach(clip -> map.put(clip.toString(), clip));
        byPath = Map.copyOf(map);
    }

    /** The clips that come with this module. */
    public static Clips recorded() {
        return Recorded.CLIPS;
    }

    public Collection<Clip> all() {
        return byPath.values();
    }

    /** @throws IllegalArgumentException when there is none, with the names that there are */
    public Clip get(String language, String name) {
        return find(language, name)
                .orElseThrow(() -> new IllegalArgumentException("no clip %s/%s; there are %s"
                        .formatted(
                                language,
                                name,
                                byPath.keySet().stream().sorted().toList())));
    }

    public Optional<Clip> find(String language, String name) {
        return Optional.ofNullable(byPath.get(language + "/" + name));
    }

    private static List<Clip> read() {
        var clips = new ArrayList<Clip>();
        for (var line : new String(resource("index.tsv"), StandardCharsets.UTF_8).split("\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var fields = line.split("\t", 4);
            var speaker = Clip.Speaker.valueOf(fields[1].toUpperCase(Locale.ROOT));
            clips.add(new Clip(
                    fields[0], speaker, fields[2], fields[3], resource(fields[0] + "/" + fields[2] + ".ulaw")));
        }
        return clips;
    }

    private static byte[] resource(String name) {
        try (var in = Clips.class.getResourceAsStream("clips/" + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "clips/index.tsv names %s, which is not there: run make-clips.sh".formatted(name));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read clip " + name, e);
        }
    }
}
