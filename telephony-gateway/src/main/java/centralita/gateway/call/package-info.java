/**
 * The calls that this gateway holds. A webhook comes to {@link centralita.gateway.call.Reception} (a new call) or
 * {@link centralita.gateway.call.Calls} (one that is known), a media stream to
 * {@link centralita.gateway.call.CallStreams}; the three know nothing of one another. They change a {@code HeldCall}, find
 * those of other gateways by {@code CallAdoption}, and leave it to {@code BridgeOwnership} and {@code HandOvers} who serves
 * the caller, to {@code CallEnding} how it ends, to {@link centralita.gateway.call.LadderCalls} what is offered to whom no
 * assistant serves, and to {@link centralita.gateway.call.CallFacts} who hears of it.
 */
@NullMarked
package centralita.gateway.call;

import org.jspecify.annotations.NullMarked;
