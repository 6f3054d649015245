/** What a new model session needs to go on, kept outside of this process. */
@NullMarked
package centralita.bridge.journal;

import org.jspecify.annotations.NullMarked;
