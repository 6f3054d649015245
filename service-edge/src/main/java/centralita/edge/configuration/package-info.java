/** What a service needs of its environment, and how it says so when something is missing. */
@NullMarked
package centralita.edge.configuration;

import org.jspecify.annotations.NullMarked;
