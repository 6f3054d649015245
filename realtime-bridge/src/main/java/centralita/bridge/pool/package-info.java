/** This bridge as a member of the pool: presence, capacity, drain. */
@NullMarked
package centralita.bridge.pool;

import org.jspecify.annotations.NullMarked;
