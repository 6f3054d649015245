/** What the machine and its processes say of themselves: for measurements. */
@NullMarked
package centralita.local.machine;

import org.jspecify.annotations.NullMarked;
