/** The calls that this gateway holds: their beginning, their owner, their end. */
@NullMarked
package centralita.gateway.call;

import org.jspecify.annotations.NullMarked;
