/** What the bridge tells the rest of the house. */
@NullMarked
package centralita.bridge.event;

import org.jspecify.annotations.NullMarked;
