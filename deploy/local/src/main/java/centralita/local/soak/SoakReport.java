package centralita.local.soak;

import centralita.local.chaos.Story;
import centralita.local.machine.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a soak found, as it is written to JSON.
 *
 * @param minutes that it lasted
 * @param orderedMinutes that it was to last
 * @param calls that were over when it ended
 * @param dropped of them, those that did not end because their caller was done
 * @param stories of the first of these
 * @param holds whether it lasted as long as it was to, nothing rises and nothing was dropped
 */
record SoakReport(
        Machine machine,
        int callsAtOnce,
        int minutes,
        int orderedMinutes,
        int calls,
        int dropped,
        List<Story> stories,
        List<Slope> slopes,
        boolean holds,
        List<Sample> samples) {
    /** While compilers and pools warm up, everything grows. */
    private static final double WARM_UP_SHARE = 0.2;

    private static final int FEWEST_SAMPLES = 5;

    static SoakReport of(
            Machine machine,
            int callsAtOnce,
            int orderedMinutes,
            int calls,
            int dropped,
            List<Sample> samples,
            List<Story> stories) {
        var settled = samples.subList((int) (samples.size() * WARM_UP_SHARE), samples.size());
        Map<String, List<double[]>> points = new LinkedHashMap<>();
        for (var sample : settled) {
            sample.figures()
                    .forEach((figure, value) -> points.computeIfAbsent(figure, _ -> new ArrayList<>())
                            .add(new double[] {sample.atSeconds(), value}));
        }
        var slopes = points.entrySet().stream()
                .filter(figure -> figure.getValue().size() >= FEWEST_SAMPLES)
                .map(figure -> Slope.of(figure.getKey(), figure.getValue(), Figures.toleratedGrowth(figure.getKey())))
                .toList();
        int minutes = samples.isEmpty() ? 0 : (int) (samples.getLast().atSeconds() / 60);
        boolean holds = minutes >= orderedMinutes
                && dropped == 0
                && !slopes.isEmpty()
                && slopes.stream().noneMatch(Slope::rises);
        return new SoakReport(
                machine,
                callsAtOnce,
                minutes,
                orderedMinutes,
                calls,
                dropped,
                stories,
                slopes,
                holds,
                List.copyOf(samples));
    }
}
