package centralita.simulators.model.scenario;

import centralita.simulators.speech.Clip;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the model is going to do.
 *
 * @param parrotAfterwards whether the caller's audio comes back from then on
 */
public record Reply(List<Part> parts, boolean parrotAfterwards) {
    /** Each becomes one item. */
    public sealed interface Part {
        record Speech(List<Clip> clips) implements Part {
            public String text() {
                return clips.stream().map(Clip::text).collect(Collectors.joining(" "));
            }

            public int lengthMs() {
                return clips.stream().mapToInt(Clip::lengthMs).sum();
            }
        }

        record Writing(String text) implements Part {}

        record Call(String name, String arguments) implements Part {}
    }
}
