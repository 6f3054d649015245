/** What every line of a log must say. */
@NullMarked
package centralita.edge.log;

import org.jspecify.annotations.NullMarked;
