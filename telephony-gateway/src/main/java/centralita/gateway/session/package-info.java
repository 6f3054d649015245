/** One caller's audio while a media stream is open: playback clock, ring of caller audio, the session between both sockets. */
@NullMarked
package centralita.gateway.session;

import org.jspecify.annotations.NullMarked;
