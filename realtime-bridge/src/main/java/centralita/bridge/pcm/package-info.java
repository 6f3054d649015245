/** Samples: G.711 μ-law at 8 kHz and linear PCM at 24 kHz, and the way from one to the other. Imports nothing of ours. */
@NullMarked
package centralita.bridge.pcm;

import org.jspecify.annotations.NullMarked;
