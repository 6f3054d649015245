/** What the vendors themselves publish, as judges of our tests. Test scope only: none of this belongs into a service. */
@NullMarked
package centralita.oracles;

import org.jspecify.annotations.NullMarked;
