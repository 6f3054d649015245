package centralita.simulators.model.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * How the stand-in behaves in one session.
 *
 * @param parrot whether the caller's audio comes back from the start
 * @param speed audio of one second comes in 1/speed seconds; infinite: at once
 * @param sessionLimitSeconds after which the session expires
 * @param beta whether it speaks the beta dialect
 */
public record Scenario(
        String name,
        String about,
        List<Rule> rules,
        List<Fault> faults,
        boolean parrot,
        OptionalDouble speed,
        OptionalInt sessionLimitSeconds,
        boolean beta) {

    /** The same in the dialect before GA. */
    public Scenario inBeta() {
        return new Scenario(name, about, rules, faults, parrot, speed, sessionLimitSeconds, true);
    }

    public Optional<Rule> rule(String on) {
        return first(rule -> rule.on().equals(on));
    }

    public Optional<Rule> first(Predicate<Rule> condition) {
        return rules.stream().filter(condition).findFirst();
    }

    public Optional<Fault> fault(int responseNumber, Fault.Kind kind) {
        return faults.stream()
                .filter(fault -> fault.kind() == kind && fault.concerns(responseNumber))
                .findFirst();
    }
}
