/** What kind of failure a failure is. */
@NullMarked
package centralita.edge.failure;

import org.jspecify.annotations.NullMarked;
