/** Telephone numbers, in full and masked. */
@NullMarked
package centralita.contracts.phone;

import org.jspecify.annotations.NullMarked;
