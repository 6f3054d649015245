/** What the commands share that put a suite under load for minutes or hours, and report figures: bench, chaos, soak. */
@NullMarked
package centralita.local.measuring;

import org.jspecify.annotations.NullMarked;
