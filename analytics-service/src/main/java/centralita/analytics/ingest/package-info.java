/** From events to facts: each event once, in any order. */
@NullMarked
package centralita.analytics.ingest;

import org.jspecify.annotations.NullMarked;
