/** Sound for the stand-ins: G.711, telling speech from silence, recorded clips and recognizing them again. */
@NullMarked
package centralita.simulators.speech;

import org.jspecify.annotations.NullMarked;
