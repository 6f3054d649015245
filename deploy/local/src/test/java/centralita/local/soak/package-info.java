@NullMarked
package centralita.local.soak;

import org.jspecify.annotations.NullMarked;
