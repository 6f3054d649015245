/** Providers of models that do not answer are left alone for a while, by all bridges together. */
@NullMarked
package centralita.bridge.breaker;

import org.jspecify.annotations.NullMarked;
