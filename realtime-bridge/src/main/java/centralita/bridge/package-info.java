/** The realtime bridge: the only part that speaks to the model. It holds nothing that it cannot lose. */
@NullMarked
package centralita.bridge;

import org.jspecify.annotations.NullMarked;
