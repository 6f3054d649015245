/** What was said and what a call brought along: events on the {@code call-transcripts} topic. Personal data, short-lived. */
@NullMarked
package centralita.contracts.transcript;

import org.jspecify.annotations.NullMarked;
