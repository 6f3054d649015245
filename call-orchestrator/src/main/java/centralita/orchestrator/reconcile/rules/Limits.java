package centralita.orchestrator.reconcile.rules;

import java.time.Duration;

/**
 * Patience with open calls.
 *
 * @param lookEvery between two looks at a call that is alive and says nothing
 * @param unknownAfter a call that the provider does not know, or whose id we do not know, is over when it has been quiet
 *     for so long
 * @param silentAfter a call that is alive at the provider and quiet here for so long is suspicious
 * @param longestCall no call lasts longer
 * @param margin beyond it before something is done
 */
public record Limits(
        Duration lookEvery, Duration unknownAfter, Duration silentAfter, Duration longestCall, Duration margin) {}
