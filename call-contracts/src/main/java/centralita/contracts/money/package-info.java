/** Amounts of money as the contracts carry them. */
@NullMarked
package centralita.contracts.money;

import org.jspecify.annotations.NullMarked;
