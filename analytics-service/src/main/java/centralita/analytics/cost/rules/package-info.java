/** What usage costs by a price table. Pure. */
@NullMarked
package centralita.analytics.cost.rules;

import org.jspecify.annotations.NullMarked;
