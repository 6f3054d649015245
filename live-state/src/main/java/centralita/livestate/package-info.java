/** What gateways, bridges and the orchestrator keep in Redis: {@code docs/live-state.md}, in code. No client in here. */
@NullMarked
package centralita.livestate;

import org.jspecify.annotations.NullMarked;
