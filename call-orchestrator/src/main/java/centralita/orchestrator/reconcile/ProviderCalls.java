package centralita.orchestrator.reconcile;

import centralita.orchestrator.reconcile.rules.Finding;
import io.smallrye.mutiny.Uni;

/** What the telephone provider knows of its calls. Never fails: that nothing was learned is a {@link Finding}, too. */
public interface ProviderCalls {
    /** How a call stands. @param callSid the provider's id */
    Uni<Finding> look(String callSid);

    /**
     * Asks to hang a call up, once.
     *
     * @return {@link Finding.Alive} when it was taken; the call is over soon
     */
    Uni<Finding> hangUp(String callSid);
}
