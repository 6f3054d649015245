/**
 * The whole suite under test, as a stranger meets it: over its ingress, with the stand-ins for Twilio and for the model,
 * on real PostgreSQL, Redis and Kafka.
 */
@NullMarked
package centralita.endtoend;

import org.jspecify.annotations.NullMarked;
