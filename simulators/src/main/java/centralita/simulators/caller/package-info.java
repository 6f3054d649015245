/** Callers who follow a script: what they say and when, and what they must hear. */
@NullMarked
package centralita.simulators.caller;

import org.jspecify.annotations.NullMarked;
