package centralita.gateway.testing;

import centralita.contracts.assistant.AssistantProfile;
import java.util.List;

/** Who answers in tests. */
public final class Assistants {
    public static final AssistantProfile SPANISH = new AssistantProfile(
            "customer-service-es",
            3,
            "Lucía",
            "es-ES",
            "Be kind.",
            "Greet.",
            new AssistantProfile.Disclosure("Habla usted con un asistente <automático> & amable.", null),
            new AssistantProfile.ModelSettings(
                    null,
                    "marin",
                    null,
                    null,
                    List.of(),
                    new AssistantProfile.TurnDetection("server_vad", 0.5, 300, 500, null)),
            List.of(),
            new AssistantProfile.Limits(900, 10, 2, 5, 50));

    private Assistants() {}
}
