/** Ids that order by time. */
@NullMarked
package centralita.contracts.id;

import org.jspecify.annotations.NullMarked;
