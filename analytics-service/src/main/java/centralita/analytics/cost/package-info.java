/** The price tables, as the operator sets them. */
@NullMarked
package centralita.analytics.cost;

import org.jspecify.annotations.NullMarked;
