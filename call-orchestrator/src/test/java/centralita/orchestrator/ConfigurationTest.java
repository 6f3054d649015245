package centralita.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.edge.configuration.ConfigurationPage;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    @Test
    void thePageNamesWhatTheServiceReads() {
        var read = new TreeSet<>(Orchestrator.VARIABLES.names());
        read.add("orchestrator.directory.publish-every");

        assertThat(ConfigurationPage.in(Path.of(System.getProperty("repository.root")))
                        .names("call-orchestrator"))
                .isEqualTo(read);
    }
}
