@NullMarked
package centralita.local.demo;

import org.jspecify.annotations.NullMarked;
