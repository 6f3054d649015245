package centralita.recording.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileRecordingStorageTest extends RecordingStorageContract {
    @TempDir
    Path folder;

    @Override
    protected RecordingStorage storage() throws IOException {
        return RecordingStorage.open(folder.resolve("recordings").toUri());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerMayRead() throws IOException {
        storage().put("open/call-1/a.mulaw", bytes("x"));

        var call = folder.resolve("recordings/open/call-1");
        assertThat(Files.getPosixFilePermissions(call)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(call.resolve("a.mulaw")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatWasNeverFinishedIsNotShown() throws IOException {
        var storage = storage();
        storage.put("open/call-1/a.mulaw", bytes("x"));
        Files.write(folder.resolve("recordings/open/call-1/.begun"), bytes("half"));

        assertThat(storage.list("open/call-1/")).isEqualTo(List.of(new StoredObject("open/call-1/a.mulaw", 1)));
    }

    @Test
    void anAddressThatNobodyKnowsIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> RecordingStorage.open(URI.create("ftp://user:secret@host/folder")))
                .isInstanceOf(IOException.class)
                .hasMessage("no storage is known for addresses with ftp:");
    }
}
