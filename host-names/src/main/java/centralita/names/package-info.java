/** The addresses of hosts, for everything in a process that looks one up: kept, so that nobody waits and no outage is felt. */
@NullMarked
package centralita.names;

import org.jspecify.annotations.NullMarked;
