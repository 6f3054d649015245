/**
 * Callers who find out whether their call was cut, forgotten or mixed up with another: cheap enough for hundreds at a
 * time, on the real protocols, with both stand-ins as witnesses.
 */
@NullMarked
package centralita.simulators.continuity;

import org.jspecify.annotations.NullMarked;
