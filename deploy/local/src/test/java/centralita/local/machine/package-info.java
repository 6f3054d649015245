@NullMarked
package centralita.local.machine;

import org.jspecify.annotations.NullMarked;
