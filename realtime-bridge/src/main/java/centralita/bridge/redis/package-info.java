/** Live state in Redis: the pool's entries and the journals. */
@NullMarked
package centralita.bridge.redis;

import org.jspecify.annotations.NullMarked;
