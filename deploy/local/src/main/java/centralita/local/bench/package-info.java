/**
 * {@code centralita bench}: how fast, how lean and how true the audio path is, measured from outside on the very
 * processes that {@code centralita up} starts, and beside any other relay in the same run.
 */
@NullMarked
package centralita.local.bench;

import org.jspecify.annotations.NullMarked;
