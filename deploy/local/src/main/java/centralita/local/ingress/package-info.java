/** The one address of a local suite: sends each request to the service that owns its path, unchanged. */
@NullMarked
package centralita.local.ingress;

import org.jspecify.annotations.NullMarked;
