/** Whether a process that carries audio has more to do than it can, so that new work goes elsewhere (F-R6). */
@NullMarked
package centralita.edge.strain;

import org.jspecify.annotations.NullMarked;
