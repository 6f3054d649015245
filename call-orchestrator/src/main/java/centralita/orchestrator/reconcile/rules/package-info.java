/** What follows from what the provider says of an open call: pure, no clock, no I/O. */
@NullMarked
package centralita.orchestrator.reconcile.rules;

import org.jspecify.annotations.NullMarked;
