/** OpenAI's Realtime API behind the port {@code model}. Facts from the vendor's reference, GA shape. */
@NullMarked
package centralita.bridge.openai;

import org.jspecify.annotations.NullMarked;
