/** Live state in Redis, with a time limit on every question. */
@NullMarked
package centralita.gateway.redis;

import org.jspecify.annotations.NullMarked;
