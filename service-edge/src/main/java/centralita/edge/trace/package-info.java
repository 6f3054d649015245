/** One trace per call, carried by text where no library carries it. */
@NullMarked
package centralita.edge.trace;

import org.jspecify.annotations.NullMarked;
