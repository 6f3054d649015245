/** What services learn in a run before the others. */
@NullMarked
package centralita.local.training;

import org.jspecify.annotations.NullMarked;
