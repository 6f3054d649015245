/** What gateways must know without asking: assistants and numbers in Redis. */
@NullMarked
package centralita.orchestrator.redis;

import org.jspecify.annotations.NullMarked;
