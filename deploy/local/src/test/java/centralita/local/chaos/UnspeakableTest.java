package centralita.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnspeakableTest {
    @TempDir
    Path folder;

    private Unspeakable unspeakable;

    @BeforeEach
    void secrets() throws IOException {
        Files.writeString(folder.resolve("link-secret"), "0a1b2c3d4e5f\n");
        Files.writeString(folder.resolve("jwt-private.pem"), "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n");
        Files.writeString(folder.resolve("jwt-public.pem"), "-----BEGIN PUBLIC KEY-----\nPUBLICPUBLIC\n");
        unspeakable = Unspeakable.of(folder, List.of("sk-canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=+12015550123",
                "from=12015550123",
                "\"from\":\"+12995559999\"",
                "secret 0a1b2c3d4e5f!",
                "MIIEvQIBADAN",
                "Bearer sk-canary",
                "The code word is tangerine."
            })
    void whatMayNotBeWrittenIsFound(String line) {
        // When, then
        assertThat(unspeakable.isIn(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=+***67",
                "callId=01a206a6-1201-7555-0123-2015550123aa",
                "at=112015550123456",
                "PUBLICPUBLIC",
                "bytes=120155501234"
            })
    void whatMayBeWrittenIsNot(String line) {
        // When, then
        assertThat(unspeakable.isIn(line)).isFalse();
    }

    @Test
    void linesOfALogAreCounted() throws IOException {
        // Given
        var log = folder.resolve("a.log");
        Files.writeString(log, "fine\nfrom=+12015550123\nfine\nsk-canary\n");

        // When, then
        assertThat(unspeakable.linesIn(log)).isEqualTo(2);
    }
}
