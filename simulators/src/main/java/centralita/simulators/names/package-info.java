/** A resolver of host names that tests can take away. */
@NullMarked
package centralita.simulators.names;

import org.jspecify.annotations.NullMarked;
