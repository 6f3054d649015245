/** Where a call stands and what moves it: pure, no clock, no I/O. */
@NullMarked
package centralita.orchestrator.call.life;

import org.jspecify.annotations.NullMarked;
