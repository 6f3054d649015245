/** The first call after {@code up}: shown as it happens, then read back as anybody would. */
@NullMarked
package centralita.local.demo;

import org.jspecify.annotations.NullMarked;
