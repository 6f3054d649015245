/** Figures over facts, and all facts of one call. */
@NullMarked
package centralita.analytics.kpi;

import org.jspecify.annotations.NullMarked;
