package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.model.SessionRecord;
import centralita.simulators.model.SessionRecord.ItemRecord;
import centralita.simulators.speech.Clips;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** F-O1: the model's session breaks when what the caller said is being answered and is not written down yet, or never will be. */
@QuarkusTest
@WithTestResource(UnwrittenWordsIT.WithoutTranscripts.class)
class UnwrittenWordsIT extends WholeBridge {
    /** The first provider is the one that writes nothing down. */
    public static final class WithoutTranscripts extends TwoProviders {
        @Override
        public Map<String, String> start() {
            var settings = new HashMap<>(super.start());
            settings.remove("bridge.model.providers.azure.transcription-model");
            settings.put("bridge.model.order", "azure,openai");
            return settings;
        }
    }

    TwoProviders.Second second;

    private List<SessionRecord> sessions() {
        return second.standIn().sessions(callId.toString());
    }

    @Test
    void theNextSessionIsToldThemAsTheySounded() {
        // Given
        answer();
        awaitGreeted();
        hear("code-word-is");
        awaitHeard(lengthMs("greeting") + 300);

        // When
        second.standIn().dropSessions(callId.toString());
        await().atMost(PATIENCE).until(() -> sessions().size() == 2);
        await().atMost(PATIENCE).until(() -> roles().size() > 2);

        // Then: before the answer
        assertThat(roles()).startsWith("assistant", "user", "assistant");
        assertThat(words()).containsExactly("en/code-word-is");
        assertThat(sessions().getLast().errors()).isEmpty();

        // And: what he said is known
        hear("what-code-word");
        await().atMost(PATIENCE)
                .until(() -> sessions().getLast().items().stream()
                        .map(ItemRecord::transcript)
                        .anyMatch(Clips.recorded().get("en", "code-word-was").text()::equals));
        assertThat(words()).containsExactly("en/code-word-is", "en/what-code-word");
    }

    private List<String> roles() {
        return sessions().getLast().items().stream()
                .map(ItemRecord::role)
                .filter(role -> !role.equals("system"))
                .toList();
    }

    private List<String> words() {
        return sessions().getLast().items().stream()
                .filter(item -> item.role().equals("user"))
                .flatMap(item -> item.heard().stream())
                .toList();
    }
}
