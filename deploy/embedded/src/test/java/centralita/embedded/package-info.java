@NullMarked
package centralita.embedded;

import org.jspecify.annotations.NullMarked;
