@NullMarked
package centralita.spool;

import org.jspecify.annotations.NullMarked;
