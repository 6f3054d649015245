package centralita.orchestrator.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.orchestrator.assistant.rules.AssistantRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstAssistantsTest {
    @ParameterizedTest
    @ValueSource(strings = {"customer-service-en", "customer-service-es"})
    void theAssistantsOfANewDeploymentKeepTheRules(String assistantId) {
        var draft = FirstAssistants.read(assistantId);

        assertThat(AssistantRules.check(draft)).isEmpty();
        assertThat(draft.tools()).extracting("name").containsExactly("get_current_time", "end_call");
        assertThat(draft.disclosure()).isNotNull();
    }
}
