package centralita.bridge.session;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;

/** One conversation in its call's trace: a span for the whole, one for each turn and each function. */
interface CallTrace {
    void on(CallFact fact);

    void end(EndReason reason);
}
