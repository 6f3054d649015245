@NullMarked
package centralita.local;

import org.jspecify.annotations.NullMarked;
