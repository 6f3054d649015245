/** Whether there is room for a call: bridges, the model's budget, limits on callers. */
@NullMarked
package centralita.gateway.admission;

import org.jspecify.annotations.NullMarked;
