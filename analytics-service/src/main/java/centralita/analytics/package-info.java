/** What is known of calls afterwards: facts from events, their cost, and figures over them. */
@NullMarked
package centralita.analytics;

import org.jspecify.annotations.NullMarked;
