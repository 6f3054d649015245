/** Calls: taken from events, stored, and shown. */
@NullMarked
package centralita.orchestrator.call;

import org.jspecify.annotations.NullMarked;
