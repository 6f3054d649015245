/** What an assistant is, as the gateway and the bridge are told it. */
@NullMarked
package centralita.contracts.assistant;

import org.jspecify.annotations.NullMarked;
