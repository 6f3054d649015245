package centralita.local.suite;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Whether a key is worth starting with: a dead one would show itself only as silence on the first call. */
final class OpenAiKey {
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private OpenAiKey() {}

    /**
     * Asks only where the key will be used for conversations: not with the stand-in, and not when the realtime server is
     * somebody else's.
     *
     * @throws LaunchException when the key is refused, or nobody answers
     */
    static void check(OutsideVariables outside) {
        if (outside.openAiApiKey().isEmpty() || outside.openAiRealtimeUrl().isPresent()) {
            return;
        }
        var base = outside.openAiApiBaseUrl().orElse(OPENAI);
        var models = URI.create(base.toString().replaceFirst("/+$", "") + "/models");
        int status;
        try (var probe = new HttpProbe()) {
            var bearer =
                    Map.of("Authorization", "Bearer " + outside.openAiApiKey().get());
            status = probe.get(models, bearer, LIMIT).statusCode();
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException(
                    "OPENAI_API_KEY is set, but " + base + " cannot be reached; unset it to talk to the stand-in.", e);
        }
        if (status == 401 || status == 403) {
            throw new LaunchException("OPENAI_API_KEY is refused by " + base + " (" + status
                    + "); set one that works, or unset it to talk to the stand-in.");
        }
        if (status >= 500) {
            throw new LaunchException("OPENAI_API_KEY cannot be checked: " + base + " answers " + status
                    + "; try again later, or unset it to talk to the stand-in.");
        }
    }
}
