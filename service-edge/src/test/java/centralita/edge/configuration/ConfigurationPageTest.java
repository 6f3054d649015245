package centralita.edge.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationPageTest {
    @ConfigMapping(prefix = "gateway.media-stream")
    interface Settings {
        int queuedFrames();

        @WithName("other")
        String named();

        Group group();

        interface Group {
            long maxAge();
        }
    }

    @Test
    void aPageTellsWhichNamesAServiceReads(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("docs/configuration.md"), """
                # Configuration
                ## Shared
                | variable | used by | shape | default |
                |---|---|---|---|
                | `A_ONE` | all | `not-a-name` | – |
                | `B_ONE`, `B_TWO` | call-orchestrator, other-service | | – |
                | `C_ONE` | other-service | | – |
                ## call-orchestrator
                | variable | shape | default |
                |---|---|---|
                | `D_ONE` | | |
                ## other-service
                | `E_ONE` | | |
                """);

        assertThat(ConfigurationPage.in(root).names("call-orchestrator"))
                .isEqualTo(Set.of("A_ONE", "B_ONE", "B_TWO", "D_ONE"));
    }

    @Test
    void settingsAreNamedAsTheFrameworkReadsThem() {
        assertThat(SettingNames.of(Settings.class))
                .isEqualTo(Set.of(
                        "gateway.media-stream.queued-frames",
                        "gateway.media-stream.other",
                        "gateway.media-stream.group.max-age"));
    }

    @Test
    void whatEveryServiceReadsIsOnThePage() {
        var page = ConfigurationPage.in(Path.of(System.getProperty("repository.root")));

        assertThat(page.names("any-service"))
                .containsExactlyInAnyOrderElementsOf(
                        ServiceVariables.of("any-service").names());
    }
}
