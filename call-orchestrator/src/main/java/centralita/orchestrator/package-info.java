/** The orchestrator: what is known of every call, which assistants there are, and which number they answer. */
@NullMarked
package centralita.orchestrator;

import org.jspecify.annotations.NullMarked;
