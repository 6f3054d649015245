package centralita.audiolink;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.StreamQuality;
import centralita.contracts.phone.MaskedNumber;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON bodies of control records. Unknown fields are ignored, so that a newer peer may say more; written and read
 * with {@link centralita.contracts.json.ContractsJson}.
 */
public sealed interface LinkControl {
    /**
     * Gateway to bridge: a call is coming, open and configure its model session. Repeating it for a call that the bridge
     * already holds under the same or a lower epoch changes the epoch and nothing else.
     *
     * @param callId the call
     * @param epoch of the ownership that the gateway has written
     * @param assistant the version that serves this call to its end
     * @param from who calls, masked
     * @param context what the call brought along and the model may know, by name
     * @param resume whether the call was served before: the journal holds what was said, do not greet
     * @param warm whether another bridge serves the call until ATTACH: open and configure the model session now, read the
     *     journal only at ATTACH; implies {@code resume}
     * @param traceparent W3C trace context of the call
     */
    record Prepare(
            UUID callId,
            long epoch,
            Direction direction,
            AssistantProfile assistant,
            MaskedNumber from,
            Map<String, String> context,
            boolean resume,
            boolean warm,
            @Nullable String traceparent)
            implements LinkControl {
        /** The same order. @param equal to its own */
        public Prepare withAssistant(AssistantProfile equal) {
            return new Prepare(callId, epoch, direction, equal, from, context, resume, warm, traceparent);
        }
    }

    /**
     * Gateway to bridge: the caller's stream is open; audio follows under this record's session number.
     *
     * @param streamSid the provider's id of the stream
     * @param stream 1 for the call's first stream; a re-attach counts on
     */
    record Attach(UUID callId, long epoch, String streamSid, int stream) implements LinkControl {}

    /** Gateway to bridge: the caller pressed a key. @param digit one of {@code 0-9 * # A-D} */
    record Dtmf(String digit) implements LinkControl {}

    /**
     * Gateway to bridge: playback has stopped.
     *
     * @param order the number of the CLEAR that this answers
     * @param items every item that was not yet heard to its end when playback stopped, in order of play; items heard to
     *     their end have been reported by HEARD before
     */
    record Cleared(int order, List<HeardItem> items) implements LinkControl {}

    /** @param item the item number of PLAY @param heardMs what the caller heard of it; 0 when it had not begun */
    record HeardItem(int item, long heardMs) implements LinkControl {}

    /**
     * Gateway to bridge: no more audio comes under this session number.
     *
     * @param reason {@code stopped}: the call is over; {@code lost}: it may come back with another ATTACH
     * @param quality of the audio since ATTACH; null from a gateway that does not measure it
     */
    record Detached(String reason, @Nullable StreamQuality quality) implements LinkControl {}

    /**
     * Gateway to bridge: another bridge has a model session ready for this call. The bridge goes on to the next turn
     * boundary, writes its journal to the end and answers RELEASED; then it forgets the call without ending it.
     *
     * @param reason {@code draining}, {@code rebalance}
     * @param withinMs when no boundary comes for so long, the bridge lets go in mid-turn; negative: the order is taken
     *     back, the call stays
     */
    record HandOver(String reason, long withinMs) implements LinkControl {}

    /** Bridge to gateway: another bridge is to serve this call. @param reason {@code draining} */
    record GiveAway(String reason) implements LinkControl {}

    /**
     * Bridge to gateway: end the call.
     *
     * @param afterPlayout whether what is buffered is to be heard first
     */
    record HangUp(EndReason reason, boolean afterPlayout) implements LinkControl {}

    /** Bridge to gateway: attached. @param epoch the epoch under which it speaks */
    record Ready(long epoch) implements LinkControl {}

    /**
     * Bridge to gateway: not served here.
     *
     * @param reason {@code stale-epoch}, {@code full}, {@code draining}, {@code unknown-call}, {@code malformed},
     *     {@code bad-seal} (see {@link LinkSeal}), {@code model-unavailable} (an order to stand ready, and no model session to
     *     be had)
     */
    record Refused(String reason) implements LinkControl {}
}
