/** Which assistant answers which number. */
@NullMarked
package centralita.gateway.assistant;

import org.jspecify.annotations.NullMarked;
