/**
 * A stand-in for OpenAI's realtime model: the GA protocol on a real socket, speech in and out, scenarios and faults.
 * Everything of a stand-in runs on one event loop, so nothing here is locked.
 */
@NullMarked
package centralita.simulators.model;

import org.jspecify.annotations.NullMarked;
