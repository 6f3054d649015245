/** {@code centralita soak}: the same calls for hours, and whether anything grows that should not. */
@NullMarked
package centralita.local.soak;

import org.jspecify.annotations.NullMarked;
