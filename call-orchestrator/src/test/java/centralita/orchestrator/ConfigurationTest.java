package centralita.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.edge.configuration.ConfigurationPage;
import centralita.edge.configuration.SettingNames;
import centralita.orchestrator.reconcile.ReconcileConfig;
import centralita.orchestrator.twilio.TwilioConfig;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    @Test
    void thePageNamesWhatTheServiceReads() {
        var read = new TreeSet<>(Orchestrator.VARIABLES.names());
        read.add("orchestrator.directory.publish-every");
        read.add("orchestrator.outbox.relay-every");
        read.addAll(SettingNames.of(ReconcileConfig.class, TwilioConfig.class));

        assertThat(ConfigurationPage.in(Path.of(System.getProperty("repository.root")))
                        .names("call-orchestrator"))
                .isEqualTo(read);
    }
}
