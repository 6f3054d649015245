/** What all events have in common: how a kind of fact finds its record, and what makes an event malformed. */
@NullMarked
package centralita.contracts.event;

import org.jspecify.annotations.NullMarked;
