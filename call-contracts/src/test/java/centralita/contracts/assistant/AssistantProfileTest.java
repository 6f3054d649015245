package centralita.contracts.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.assistant.AssistantProfile.Disclosure;
import centralita.contracts.assistant.AssistantProfile.Limits;
import centralita.contracts.assistant.AssistantProfile.ModelSettings;
import centralita.contracts.assistant.AssistantProfile.Tool;
import centralita.contracts.assistant.AssistantProfile.TurnDetection;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssistantProfileTest {
    @Test
    void travelsWithoutLoss() {
        // Given
        var full = new AssistantProfile(
                "customer-service-es",
                3,
                "Atención al cliente",
                "es-ES",
                "Sé amable.",
                "Saluda.",
                new Disclosure("Habla con una inteligencia artificial.", "Polly.Lucia"),
                new ModelSettings(
                        "gpt-realtime-2.1",
                        "marin",
                        1.1,
                        "gpt-transcribe",
                        List.of("Acme"),
                        new TurnDetection("server_vad", 0.5, 300, 500, null)),
                List.of(
                        new Tool("builtin", "get_current_time", null, null),
                        new Tool(
                                "http",
                                "order",
                                "Looks an order up",
                                ContractsJson.read("{\"type\":\"object\",\"properties\":{}}", JsonNode.class))),
                new Limits(900, 15, 2, 3, 20));

        // When
        var read = ContractsJson.read(ContractsJson.write(full), AssistantProfile.class);

        // Then
        assertThat(read).isEqualTo(full);
    }

    @Test
    void whatIsLeftOpenStaysOpen() {
        // Given
        var lean = new AssistantProfile(
                "lean",
                1,
                "Lean",
                "en-US",
                "Be brief.",
                null,
                null,
                new ModelSettings(
                        null,
                        "marin",
                        null,
                        null,
                        List.of(),
                        new TurnDetection("semantic_vad", null, null, null, "auto")),
                List.of(),
                new Limits(900, 15, 2, 3, 20));

        // When
        var json = ContractsJson.write(lean);

        // Then
        assertThat(json).doesNotContain("null");
        assertThat(ContractsJson.read(json, AssistantProfile.class)).isEqualTo(lean);
    }
}
