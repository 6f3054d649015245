/** What gateway and bridge say to one another on the audio link: {@code docs/audio-link.md}, in code. */
@NullMarked
package centralita.audiolink;

import org.jspecify.annotations.NullMarked;
