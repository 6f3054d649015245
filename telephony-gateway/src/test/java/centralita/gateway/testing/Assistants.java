package centralita.gateway.testing;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import centralita.livestate.LiveKeys;
import io.quarkus.redis.datasource.RedisDataSource;
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

    /** The same, with calls that are recorded. */
    public static final AssistantProfile RECORDED = new AssistantProfile(
            "recorded-es",
            1,
            SPANISH.name(),
            SPANISH.language(),
            SPANISH.instructions(),
            SPANISH.greeting(),
            new AssistantProfile.Disclosure("Habla con un asistente. La llamada se graba.", null),
            SPANISH.model(),
            SPANISH.tools(),
            SPANISH.limits(),
            new AssistantProfile.Recording(AssistantProfile.Recording.ANNOUNCED));

    private Assistants() {}

    /** Lets {@link #SPANISH} answer every number. */
    public static void answerAllCalls(RedisDataSource redis) {
        redis.value(String.class).set(LiveKeys.number("*"), SPANISH.assistantId());
        redis.value(String.class).set(LiveKeys.assistant(SPANISH.assistantId()), ContractsJson.write(SPANISH));
    }
}
