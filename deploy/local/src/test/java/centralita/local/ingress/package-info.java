@NullMarked
package centralita.local.ingress;

import org.jspecify.annotations.NullMarked;
