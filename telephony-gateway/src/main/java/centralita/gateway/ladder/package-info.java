/** What a caller is offered when the assistant cannot talk to him: pure, but for its settings. */
@NullMarked
package centralita.gateway.ladder;

import org.jspecify.annotations.NullMarked;
