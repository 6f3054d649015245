/** Scripted calls against the running suite: {@code up} places them, {@code call} asks it to. */
@NullMarked
package centralita.local.calls;

import org.jspecify.annotations.NullMarked;
