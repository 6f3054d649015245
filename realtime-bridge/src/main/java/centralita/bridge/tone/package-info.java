/** Tones of a telephone's keys, made as audio. Imports nothing of ours but samples. */
@NullMarked
package centralita.bridge.tone;

import org.jspecify.annotations.NullMarked;
