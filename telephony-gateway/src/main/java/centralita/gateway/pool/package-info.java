/** Which bridges there are and which one takes the next call. */
@NullMarked
package centralita.gateway.pool;

import org.jspecify.annotations.NullMarked;
