package centralita.simulators.model.scenario;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a scenario: on this, do that.
 *
 * @param on what it answers: a caller clip by name (also when its words came as text), or {@code start} (asked to
 *     speak before anybody said anything), {@code silence}, {@code nothing-new} (asked to speak when nothing is open),
 *     {@code anything} (what no other rule knows), {@code result TOOL}, {@code instructions WORD} (the response was
 *     asked for with instructions that contain it), {@code out-of-band PURPOSE} or {@code out-of-band}
 * @param say clips, spoken as one item; {@code $time} is the time of the tool result that is answered, {@code
 *     $time-again} that of the last one in the conversation's memory, {@code $code-word} what is remembered of it
 * @param firstSay clips spoken as an item of their own before
 * @param call a function, called if the session offers it
 * @param evenIfNotOffered calls it anyway
 * @param arguments of the call; what its parameters do not have is left out, what they require is added
 * @param rawArguments sent as they are, however wrong
 * @param times how often it is called in this one response
 * @param withoutTool clips instead, when the session does not offer the function
 * @param thenCall a function called after what is said, if offered
 * @param parrot from then on the caller's audio comes back
 * @param text what a response in text says
 */
public record Rule(
        String on,
        List<String> say,
        List<String> firstSay,
        @Nullable String call,
        boolean evenIfNotOffered,
        Map<String, Object> arguments,
        @Nullable String rawArguments,
        int times,
        List<String> withoutTool,
        @Nullable String thenCall,
        boolean parrot,
        @Nullable String text) {

    // What a file leaves out arrives as null, whatever the types promise.
    @SuppressWarnings({"DataFlowIssue", "ConstantConditions"})
    public Rule {
        say = listOf(say);
        firstSay = listOf(firstSay);
        withoutTool = listOf(withoutTool);
        arguments = mapOf(arguments);
        times = Math.max(1, times);
    }

    private static List<String> listOf(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static Map<String, Object> mapOf(@Nullable Map<String, Object> map) {
        return map == null ? Map.of() : Map.copyOf(map);
    }
}
