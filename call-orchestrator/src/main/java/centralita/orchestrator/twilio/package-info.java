/** Twilio's REST API, as far as the orchestrator needs it. */
@NullMarked
package centralita.orchestrator.twilio;

import org.jspecify.annotations.NullMarked;
