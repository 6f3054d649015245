/** How gateway and bridge send events: never blocking who publishes, never losing what was taken. */
@NullMarked
package centralita.spool;

import org.jspecify.annotations.NullMarked;
