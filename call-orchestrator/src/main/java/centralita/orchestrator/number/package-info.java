/** Which assistant answers which number of ours. */
@NullMarked
package centralita.orchestrator.number;

import org.jspecify.annotations.NullMarked;
