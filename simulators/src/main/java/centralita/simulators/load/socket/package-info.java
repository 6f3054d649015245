/**
 * WebSockets with next to nothing around them: one selector thread, no objects per frame. Only what a load generator
 * needs: text frames, ping, close; {@code ws} without TLS.
 */
@NullMarked
package centralita.simulators.load.socket;

import org.jspecify.annotations.NullMarked;
