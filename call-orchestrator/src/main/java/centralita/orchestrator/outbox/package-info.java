/** Events that are stored in the transaction that makes them true, and brought to Kafka afterwards. */
@NullMarked
package centralita.orchestrator.outbox;

import org.jspecify.annotations.NullMarked;
