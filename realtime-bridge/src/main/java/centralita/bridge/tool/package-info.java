/** Functions that the model may call. */
@NullMarked
package centralita.bridge.tool;

import org.jspecify.annotations.NullMarked;
