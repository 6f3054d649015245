/** Events on their way to Kafka, through the spool. */
@NullMarked
package centralita.gateway.spool;

import org.jspecify.annotations.NullMarked;
