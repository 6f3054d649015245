package centralita.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NicenessTest {
    /** Of proc(5)'s stat, counted from behind the command. */
    private static final int NICE = 16;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessYields() throws IOException {
        // Given
        var process = new ProcessBuilder("sleep", "60").start();
        try {
            var before = nice(process.pid());

            // When
            var done = Niceness.raise(List.of(process.pid()));

            // Then
            assertThat(done).isTrue();
            assertThat(nice(process.pid())).isGreaterThan(before);
        } finally {
            process.destroyForcibly();
        }
    }

    private static int nice(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return Integer.parseInt(
                stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ")[NICE]);
    }
}
