/** What every service says of itself to those who call it. */
@NullMarked
package centralita.edge.openapi;

import org.jspecify.annotations.NullMarked;
