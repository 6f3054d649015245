package centralita.orchestrator.assistant;

import centralita.contracts.json.ContractsJson;
import centralita.orchestrator.assistant.rules.AssistantDraft;
import centralita.orchestrator.number.NumberRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The assistants that a new deployment begins with, so that the first call is answered. Added once: whoever changes or
 * takes away what is theirs keeps his change.
 */
@ApplicationScoped
public class FirstAssistants {
    private static final String ENGLISH = "customer-service-en";
    private static final String SPANISH = "customer-service-es";

    private final AssistantRepository assistants;
    private final NumberRepository numbers;

    FirstAssistants(AssistantRepository assistants, NumberRepository numbers) {
        this.assistants = assistants;
        this.numbers = numbers;
    }

    public Uni<Void> addIfNew() {
        return assistants
                .create(SPANISH, read(SPANISH))
                .chain(() -> assistants.create(ENGLISH, read(ENGLISH)))
                .chain(created -> created.isPresent()
                        ? numbers.putIfAbsent(NumberRepository.ALL_OTHERS, ENGLISH)
                        : Uni.createFrom().voidItem());
    }

    static AssistantDraft read(String assistantId) {
        var name = "/assistants/" + assistantId + ".json";
        try (var file = Objects.requireNonNull(FirstAssistants.class.getResourceAsStream(name), name)) {
            return ContractsJson.read(file.readAllBytes(), AssistantDraft.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
