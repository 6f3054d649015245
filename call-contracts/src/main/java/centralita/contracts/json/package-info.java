/** The one JSON mapper that every service reads and writes contracts with. */
@NullMarked
package centralita.contracts.json;

import org.jspecify.annotations.NullMarked;
