package centralita.local.chaos;

import java.util.List;

/**
 * What became of one thing that must hold.
 *
 * @param rule its name in {@code docs/chaos.md}
 * @param looked at how many
 * @param violations how often it did not hold
 * @param examples callIds or words, at most five; never anything personal
 */
public record Finding(String rule, String says, long looked, long violations, List<String> examples) {
    private static final int MOST_EXAMPLES = 5;

    public Finding {
        examples = examples.stream().limit(MOST_EXAMPLES).toList();
    }

    /** Each of those found is one violation. */
    static Finding of(String rule, String says, long looked, List<String> found) {
        return new Finding(rule, says, looked, found.size(), found);
    }

    public boolean holds() {
        return violations == 0;
    }
}
