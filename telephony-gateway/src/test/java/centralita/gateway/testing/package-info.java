/** Stand-ins for who is at the other ends: a bridge by script, and the provider. */
@NullMarked
package centralita.gateway.testing;

import org.jspecify.annotations.NullMarked;
