package centralita.gateway.ladder;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What callers are offered when the assistant cannot talk to them. Lists of rungs are tried in their order; {@code none}
 * stands for an empty one.
 */
@ConfigMapping(prefix = "gateway.ladder")
public interface LadderConfig {
    /** For calls that found no room. */
    @WithDefault("callback")
    List<String> noRoom();

    /**
     * For callers who call too often, and when too many call at once. Nothing, unless somebody wants to call back people
     * who flood him with calls.
     */
    @WithDefault("none")
    List<String> callLimit();

    /** For calls whose model was lost and not replaced. */
    @WithDefault("person,callback")
    List<String> modelUnavailable();

    /** For calls whose media stream was lost too often. */
    @WithDefault("person,callback")
    List<String> streamLost();

    /**
     * Whether who was cut off because a gateway of ours died is called back. He is not asked: there is nobody on the line
     * any more.
     */
    @WithDefault("true")
    boolean callBackWhenDropped();

    /** Where people answer: E.164, {@code sip:…} or {@code client:…}. */
    Optional<@Pattern(regexp = "\\+[1-9][0-9]{6,14}|(sip|client):.+") String> humanLine();

    /** Other human lines, by assistantId. */
    Map<String, String> humanLines();

    /** How long a person's telephone rings; the provider may add five seconds. Longer, and the caller has hung up. */
    @WithDefault("25")
    @Min(5)
    @Max(600)
    int humanLineRingSeconds();

    /** The longest talk with a person. */
    @WithDefault("3600")
    @Min(60)
    @Max(14_400)
    int humanLineMaxSeconds();

    /** Whether a caller presses a key for a callback; without asking, everybody who can be called is. */
    @WithDefault("true")
    boolean askForCallback();

    /** How long the caller has to press the key. */
    @WithDefault("8")
    @Min(3)
    @Max(60)
    int keySeconds();

    /** The longest message. */
    @WithDefault("120")
    @Min(5)
    @Max(600)
    int messageSeconds();

    /** Where neither an assistant nor the number's country says one. BCP 47. */
    @WithDefault("en-US")
    String language();
}
