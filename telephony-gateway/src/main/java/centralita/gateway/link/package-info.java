/** The audio link to the bridges: docs/audio-link.md, the gateway's end. */
@NullMarked
package centralita.gateway.link;

import org.jspecify.annotations.NullMarked;
