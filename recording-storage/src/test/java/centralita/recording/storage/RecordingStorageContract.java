package centralita.recording.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage promises; each adapter's test inherits it. */
public abstract class RecordingStorageContract {
    /** The storage under test, empty. */
    protected abstract RecordingStorage storage() throws IOException;

    @TempDir
    public Path scratch;

    @Test
    void whatWasPutIsReadAndWhatWasPutAgainIsReplaced() throws IOException {
        var storage = storage();
        storage.put("open/call-1/a.mulaw", bytes("first"));

        storage.put("open/call-1/a.mulaw", bytes("second"));

        assertThat(text(storage, "open/call-1/a.mulaw")).isEqualTo("second");
    }

    @Test
    void aFileIsKeptAndStaysWhereItWas() throws IOException {
        var storage = storage();
        var file = Files.write(scratch.resolve("big.wav"), new byte[300_000]);

        storage.put("done/2026-11-23/call-1.wav", file);

        try (var in = storage.read("done/2026-11-23/call-1.wav")) {
            assertThat(in.readAllBytes()).hasSize(300_000);
        }
        assertThat(file).exists();
    }

    @Test
    void aFolderShowsItsObjectsByNameAndNoOthers() throws IOException {
        var storage = storage();
        storage.put("open/call-1/b.mulaw", bytes("22"));
        storage.put("open/call-1/a.mulaw", bytes("1"));
        storage.put("open/call-10/c.mulaw", bytes("333"));

        var objects = storage.list("open/call-1/");

        assertThat(objects)
                .isEqualTo(List.of(
                        new StoredObject("open/call-1/a.mulaw", 1), new StoredObject("open/call-1/b.mulaw", 2)));
        assertThat(storage.folders("open/")).isEqualTo(List.of("open/call-1/", "open/call-10/"));
        assertThat(storage.list("open/")).isEmpty();
        assertThat(storage.list("nothing/")).isEmpty();
        assertThat(storage.folders("nothing/")).isEmpty();
    }

    @Test
    void whatWasDeletedIsGoneAndSoIsItsEmptyFolder() throws IOException {
        var storage = storage();
        storage.put("open/call-1/a.mulaw", bytes("1"));

        storage.delete("open/call-1/a.mulaw");
        storage.delete("open/call-1/a.mulaw");

        assertThat(storage.folders("open/")).isEmpty();
        assertThatThrownBy(() -> storage.read("open/call-1/a.mulaw")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void ofManyWhoPutIfAbsentOneIsToldThatItDid() throws Exception {
        var storage = storage();
        var tries = IntStream.range(0, 8)
                .mapToObj(number -> (Callable<Boolean>)
                        () -> storage.putIfAbsent("open/call-1/lease", bytes(Integer.toString(number))))
                .toList();

        List<Boolean> told;
        try (var threads = Executors.newFixedThreadPool(8)) {
            told = threads.invokeAll(tries).stream().map(Future::resultNow).toList();
        }

        assertThat(told).containsOnlyOnce(true);
        assertThat(text(storage, "open/call-1/lease")).isEqualTo(Integer.toString(told.indexOf(true)));
    }

    @Test
    void moreObjectsThanOnePageOfAListAreAllShown() throws IOException {
        var storage = storage();
        for (var i = 0; i < 1_005; i++) {
            storage.put("open/call-1/%04d.mulaw".formatted(i), bytes("x"));
        }

        assertThat(storage.list("open/call-1/")).hasSize(1_005);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../a", "open/../../a", "/etc/passwd", "open//a", "open/.a", "a\\b", "", "open/ä", "open/A"})
    void aNameThatCouldLeaveItsFolderIsRefused(String name) {
        assertThatThrownBy(() -> storage().put(name, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage().read(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage().delete(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage().list(name + "/")).isInstanceOf(IllegalArgumentException.class);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static String text(RecordingStorage storage, String name) throws IOException {
        try (var in = storage.read(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
