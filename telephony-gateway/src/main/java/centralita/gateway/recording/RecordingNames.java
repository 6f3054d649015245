package centralita.gateway.recording;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What lies where: what is being recorded under {@code open/{callId}/}, what is complete under {@code done/{day}/}. The
 * day is that of the callId, which holds its time, so that a recording is found and its retention known without an index.
 */
final class RecordingNames {
    static final String OPEN = "open/";
    static final String DONE = "done/";
    private static final String SEGMENT_ENDING = ".mulaw";
    private static final Pattern SEGMENT = Pattern.compile("(\\d{13})-(\\d{3})" + Pattern.quote(SEGMENT_ENDING));

    private RecordingNames() {}

    /** @param startMs wall clock @param stream number of the stream within the call, from 1 */
    record Segment(String name, long startMs, int stream, long bytes) {}

    static String open(UUID callId) {
        return OPEN + callId + "/";
    }

    /** Names of one call sort by time. */
    static String segment(UUID callId, long startMs, int stream) {
        return open(callId) + "%013d-%03d".formatted(startMs, stream) + SEGMENT_ENDING;
    }

    /** Empty when the name is another object's. */
    static Optional<Segment> segment(String name, long bytes) {
        var matcher = SEGMENT.matcher(name.substring(name.lastIndexOf('/') + 1));
        return matcher.matches()
                ? Optional.of(
                        new Segment(name, Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)), bytes))
                : Optional.empty();
    }

    static String about(UUID callId) {
        return open(callId) + "about.json";
    }

    static String lease(UUID callId) {
        return open(callId) + "lease";
    }

    static String wav(UUID callId) {
        return DONE + day(callId) + "/" + callId + ".wav";
    }

    static String completed(UUID callId) {
        return DONE + day(callId) + "/" + callId + ".json";
    }

    static LocalDate day(UUID callId) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(callId.getMostSignificantBits() >>> 16), ZoneOffset.UTC);
    }

    /** The call of a folder under {@link #OPEN}; empty when it is nobody's. */
    static Optional<UUID> callOf(String folder) {
        try {
            return Optional.of(UUID.fromString(lastWord(folder)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The day of a folder under {@link #DONE}; empty when it is none. */
    static Optional<LocalDate> dayOf(String folder) {
        try {
            return Optional.of(LocalDate.parse(lastWord(folder)));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static String lastWord(String folder) {
        var path = folder.substring(0, folder.length() - 1);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
