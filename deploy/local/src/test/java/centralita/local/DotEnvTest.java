package centralita.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {
    @TempDir
    Path folder;

    @Test
    void theEnvironmentGoesBeforeTheFile() throws Exception {
        // Given
        var file = Files.writeString(
                folder.resolve(".env"), "# ours\n\nA=file\nB=\"quoted # text\"\nC='x=y'\nD=\n  E = spaced \n");

        // When, then
        // A name has no space behind it in a shell either.
        assertThatThrownBy(() -> DotEnv.merged(Map.of(), file)).hasMessage("Line 7 of " + file + " is not NAME=value.");
        Files.writeString(file, "# ours\n\nA=file\nB=\"quoted # text\"\nC='x=y'\nD=\n");
        assertThat(DotEnv.merged(Map.of("A", "environment"), file))
                .isEqualTo(Map.of("A", "environment", "B", "quoted # text", "C", "x=y", "D", ""));
    }

    @Test
    void withoutAFileThereIsTheEnvironment() {
        assertThat(DotEnv.merged(Map.of("A", "1"), folder.resolve(".env"))).isEqualTo(Map.of("A", "1"));
    }
}
