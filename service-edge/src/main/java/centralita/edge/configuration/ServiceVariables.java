package centralita.edge.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All variables that one service reads.
 *
 * @param service its module's name, as {@code call-orchestrator}
 */
public record ServiceVariables(String service, List<Variable> variables) {
    /** @param own in addition to {@link SharedVariables#EVERYWHERE} */
    public static ServiceVariables of(String service, Variable... own) {
        var all = new ArrayList<>(SharedVariables.EVERYWHERE);
        all.addAll(List.of(own));
        return new ServiceVariables(service, List.copyOf(all));
    }

    public Set<String> names() {
        return variables.stream().map(Variable::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The first thing that is wrong, as one sentence that names variable, shape and example, never the value; empty when
     * the service may start.
     *
     * @param environment null for a variable that is not set
     */
    public Optional<String> complaint(UnaryOperator<@Nullable String> environment) {
        return variables.stream()
                .flatMap(variable -> variable.complaint(environment.apply(variable.name())).stream())
                .findFirst()
                .map(sentence -> service + " cannot start: " + sentence);
    }
}
