/** What the bridge needs of a realtime model, whoever makes it. */
@NullMarked
package centralita.bridge.model;

import org.jspecify.annotations.NullMarked;
