/** What {@code ./centralita} does: the commands, and what they print. */
@NullMarked
package centralita.local;

import org.jspecify.annotations.NullMarked;
