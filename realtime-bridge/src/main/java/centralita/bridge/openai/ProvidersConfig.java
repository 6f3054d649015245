package centralita.bridge.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may serve a call beside the provider of the {@code OPENAI_*} variables, which is called {@code openai} here. */
@ConfigMapping(prefix = "bridge.model")
public interface ProvidersConfig {
    /** Names, the preferred one first. Without it {@code openai}, then the others by name. */
    Optional<List<String>> order();

    /** By name: small letters, digits and dashes, as facts and metrics carry it. */
    Map<String, Entry> providers();

    /** One provider that speaks OpenAI's protocol. */
    interface Entry {
        /** Address of the realtime socket, without query. */
        URI url();

        /** Never logged. */
        String key();

        /** How the key is shown: {@code bearer} or {@code api-key} (Azure). */
        @WithDefault("bearer")
        Provider.Auth auth();

        /** {@code ga}, or {@code beta} for those who have not followed. */
        @WithDefault("ga")
        Dialect dialect();

        /** The model, or at Azure the deployment. What an assistant names is the first provider's and not asked for here. */
        String model();

        /** Under which name the model stands in the address: {@code model}, or {@code deployment} at Azure's preview. */
        @WithDefault("model")
        String modelParameter();

        /** What else stands in the address, such as {@code api-version}. */
        Map<String, String> query();

        /** Which writes down what the caller says; without it the next session is not told his words. */
        Optional<String> transcriptionModel();

        /** In place of the assistant's, where this provider does not have that one. */
        Optional<String> voice();

        /** Audio both ways: {@code pcmu}, or {@code pcm24} for models that do not know the telephone's. Costs CPU. */
        @WithDefault("pcmu")
        AudioFormat format();

        /** What may be asked for here that not everybody has; what is not named is not sent. */
        Optional<Set<Provider.Feature>> features();

        /** How long a session may last, where the provider does not say it itself. */
        Optional<Duration> sessionLimit();
    }
}
