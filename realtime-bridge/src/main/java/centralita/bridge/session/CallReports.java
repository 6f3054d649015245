package centralita.bridge.session;

import centralita.audiolink.LinkControl;
import centralita.bridge.event.CallEvents;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.transcript.TranscriptFact;

/** What one call tells of itself: events, its trace, its measures. */
final class CallReports {
    private final LinkControl.Prepare prepare;
    private final CallEvents events;
    private final ConversationMeters meters;
    private final CallTrace trace;

    CallReports(LinkControl.Prepare prepare, CallEvents events, ConversationMeters meters, ConversationTraces traces) {
        this.prepare = prepare;
        this.events = events;
        this.meters = meters;
        this.trace = traces.begin(prepare.callId(), prepare.traceparent());
    }

    void publish(CallFact fact) {
        trace.on(fact);
        meters.on(fact);
        events.publish(prepare.callId(), prepare.traceparent(), fact);
    }

    void transcribe(TranscriptFact fact) {
        events.publish(prepare.callId(), prepare.traceparent(), fact);
    }

    /** What a sound of the caller had stopped goes on. */
    void resumed() {
        meters.resumed();
    }

    /** The last word. @param filledMs silence that the caller's stream lacked @param droppedMs audio that no model heard */
    void end(EndReason reason, long filledMs, long droppedMs) {
        trace.end(reason);
        meters.audio(filledMs, droppedMs);
    }
}
