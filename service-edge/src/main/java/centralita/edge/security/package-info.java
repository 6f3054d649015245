/** Who may do what. */
@NullMarked
package centralita.edge.security;

import org.jspecify.annotations.NullMarked;
