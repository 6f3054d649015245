/** People who are to be called back: booked from requests, shown, and closed. */
@NullMarked
package centralita.orchestrator.callback;

import org.jspecify.annotations.NullMarked;
