/** The bridge's end of the audio link with the gateways. */
@NullMarked
package centralita.bridge.link;

import org.jspecify.annotations.NullMarked;
