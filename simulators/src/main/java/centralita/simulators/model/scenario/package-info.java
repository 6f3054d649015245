/** What the model stand-in answers: rules in small files, and the decisions made from them. No socket, no clock. */
@NullMarked
package centralita.simulators.model.scenario;

import org.jspecify.annotations.NullMarked;
