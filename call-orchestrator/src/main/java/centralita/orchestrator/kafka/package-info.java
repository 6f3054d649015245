/** Events in from the topics, assistants out to theirs. */
@NullMarked
package centralita.orchestrator.kafka;

import org.jspecify.annotations.NullMarked;
