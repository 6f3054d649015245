/** What every service measures under which names. */
@NullMarked
package centralita.edge.metrics;

import org.jspecify.annotations.NullMarked;
