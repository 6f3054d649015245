@NullMarked
package centralita.local.chaos;

import org.jspecify.annotations.NullMarked;
