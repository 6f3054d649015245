@NullMarked
package centralita.local.suite;

import org.jspecify.annotations.NullMarked;
