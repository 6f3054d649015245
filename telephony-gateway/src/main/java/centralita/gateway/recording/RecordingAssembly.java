package centralita.gateway.recording;

import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.gateway.recording.RecordingNames.Segment;
import centralita.recording.storage.RecordingStorage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes one WAV of a call's segments, whoever recorded them. Any gateway may try at any time: a lease lets one do it, and
 * one who dies on the way is followed by another after {@link #LEASE}. The segments go when the WAV is kept and told of,
 * so nothing is lost in between; what happens twice then has the same id. Blocking; any thread.
 */
final class RecordingAssembly {
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final int COPY_BYTES = 64 * 1024;

    private final RecordingStorage storage;
    private final Consumer<CompletedRecording> told;
    private final Clock clock;

    /** @param told is given every recording that is complete, before its segments are forgotten */
    RecordingAssembly(RecordingStorage storage, Consumer<CompletedRecording> told, Clock clock) {
        this.storage = storage;
        this.told = told;
        this.clock = clock;
    }

    /** The segments that a call has by now, by name. */
    List<Segment> segments(UUID callId) throws IOException {
        return storage.list(RecordingNames.open(callId)).stream()
                .flatMap(object -> RecordingNames.segment(object.name(), object.bytes()).stream())
                .toList();
    }

    /**
     * Completes the recording of a call that is over.
     *
     * @param lastStream the last stream that the asker knows of: with segments of a later one, the call is another's
     * @return empty when somebody else does it or did it, or when there is nothing
     */
    Optional<CompletedRecording> complete(UUID callId, int lastStream) throws IOException {
        var segments = segments(callId);
        if (segments.stream().anyMatch(segment -> segment.stream() > lastStream) || !claim(callId)) {
            return Optional.empty();
        }
        var known = completed(callId);
        // Whoever had the lease before may have died between the two last steps.
        var recording = known.isPresent() ? known : assembleOrLetGo(callId, segments);
        recording.ifPresent(told);
        forget(callId);
        return recording;
    }

    /** A storage that fails now may take it in a minute; nobody shall wait for the lease to run out. */
    private Optional<CompletedRecording> assembleOrLetGo(UUID callId, List<Segment> segments) throws IOException {
        try {
            return assemble(callId, segments);
        } catch (IOException e) {
            storage.delete(RecordingNames.lease(callId));
            throw e;
        }
    }

    /** A recording that is complete; empty when there is none. */
    Optional<CompletedRecording> completed(UUID callId) throws IOException {
        try (var in = storage.read(RecordingNames.completed(callId))) {
            return Optional.of(ContractsJson.read(text(in), CompletedRecording.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private boolean claim(UUID callId) throws IOException {
        var name = RecordingNames.lease(callId);
        var until = Long.toString(clock.instant().plus(LEASE).toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
        if (storage.putIfAbsent(name, until)) {
            return true;
        }
        try (var in = storage.read(name)) {
            if (Long.parseLong(text(in)) > clock.millis()) {
                return false;
            }
        } catch (NoSuchFileException _) {
            return false; // Its holder is done.
        }
        // Two may come here at once and both go on: then the same WAV is made twice, and told of under one id.
        storage.delete(name);
        return storage.putIfAbsent(name, until);
    }

    private Optional<CompletedRecording> assemble(UUID callId, List<Segment> segments) throws IOException {
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        var about = about(callId);
        var layout = SegmentLayout.of(segments);
        var file = Files.createTempFile("recording", ".wav"); // Its owner's only.
        try {
            var sha256 = write(layout, file);
            storage.put(RecordingNames.wav(callId), file);
            var recording = new CompletedRecording(
                    about.recordingId(),
                    callId,
                    Instant.ofEpochMilli(layout.startMs()),
                    layout.durationMs(),
                    Files.size(file),
                    sha256,
                    WavFile.CHANNELS,
                    layout.gaps(),
                    layout.gapMs(),
                    about.traceparent());
            storage.put(
                    RecordingNames.completed(callId),
                    ContractsJson.write(recording).getBytes(StandardCharsets.UTF_8));
            return Optional.of(recording);
        } finally {
            Files.delete(file);
        }
    }

    private RecordingAbout about(UUID callId) throws IOException {
        try (var in = storage.read(RecordingNames.about(callId))) {
            return ContractsJson.read(text(in), RecordingAbout.class);
        } catch (NoSuchFileException _) {
            // Its writer had no luck with this one object.
            return new RecordingAbout(UuidV7.next(), callId, null);
        }
    }

    private String write(SegmentLayout layout, Path file) throws IOException {
        var digest = sha256();
        try (var out =
                new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file), COPY_BYTES), digest)) {
            out.write(WavFile.head(layout.frames()));
            for (var placed : layout.placed()) {
                silence(out, placed.silentFrames() * WavFile.CHANNELS);
                copy(placed.segment(), out);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** As long as it was said to be: the head of the file counts on it. */
    private void copy(Segment segment, OutputStream out) throws IOException {
        var length = segment.bytes() / WavFile.CHANNELS * WavFile.CHANNELS;
        try (var in = storage.read(segment.name())) {
            var audio = in.readNBytes(Math.toIntExact(length));
            out.write(audio);
            silence(out, length - audio.length);
        } catch (NoSuchFileException _) {
            silence(out, length);
        }
    }

    private static void silence(OutputStream out, long bytes) throws IOException {
        var silence = new byte[(int) Math.min(bytes, COPY_BYTES)];
        Arrays.fill(silence, StereoTrack.SILENCE);
        for (var left = bytes; left > 0; left -= silence.length) {
            out.write(silence, 0, (int) Math.min(left, silence.length));
        }
    }

    private void forget(UUID callId) throws IOException {
        for (var object : storage.list(RecordingNames.open(callId))) {
            if (!object.name().equals(RecordingNames.lease(callId))) {
                storage.delete(object.name());
            }
        }
        storage.delete(RecordingNames.lease(callId));
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
