/** What a service does while its PostgreSQL is away, and when a connection breaks at the wrong moment. */
@NullMarked
package centralita.database;

import org.jspecify.annotations.NullMarked;
