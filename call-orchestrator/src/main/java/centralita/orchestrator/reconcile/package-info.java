/** Open calls that have gone quiet: what does the provider know of them, and what must end. */
@NullMarked
package centralita.orchestrator.reconcile;

import org.jspecify.annotations.NullMarked;
