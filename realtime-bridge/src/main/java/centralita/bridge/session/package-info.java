/** One call in this bridge: carries out what the conversation decides. Lives on the media event loop. */
@NullMarked
package centralita.bridge.session;

import org.jspecify.annotations.NullMarked;
