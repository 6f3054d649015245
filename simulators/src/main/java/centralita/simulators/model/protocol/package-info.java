/**
 * What the realtime protocol says, without any socket: the shape of client events, session settings, items of a
 * conversation, tokens, the beta dialect. Plain state and decisions; Jackson is the only library.
 */
@NullMarked
package centralita.simulators.model.protocol;

import org.jspecify.annotations.NullMarked;
