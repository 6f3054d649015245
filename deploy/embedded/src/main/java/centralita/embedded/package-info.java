/**
 * PostgreSQL, Redis and Kafka from Maven artifacts: real servers on free ports, without Docker and without rights. The
 * launcher keeps their data in a folder; tests throw it away, and get their addresses through {@link
 * centralita.embedded.TestInfrastructure} before anything else runs. Nothing of it outlives the process that started it,
 * even when that process is killed: see {@link centralita.embedded.Guard}.
 */
@NullMarked
package centralita.embedded;

import org.jspecify.annotations.NullMarked;
