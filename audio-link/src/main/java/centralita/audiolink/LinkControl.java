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
     * @param lastedMs how long the call has lasted when this is ordered, by the gateway's clock alone: a call that changes
     *     bridges keeps its time limit (TH-11). 0 from a gateway that does not tell
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
            long lastedMs,
            @Nullable String traceparent)
            implements LinkControl {
        /** Of a call that has only begun. */
        public Prepare(
                UUID callId,
                long epoch,
                Direction direction,
                AssistantProfile assistant,
                MaskedNumber from,
                Map<String, String> context,
                boolean resume,
                boolean warm,
                @Nullable String traceparent) {
            this(callId, epoch, direction, assistant, from, context, resume, warm, 0, traceparent);
        }

        /** The same order. @param equal to its own */
        public Prepare withAssistant(AssistantProfile equal) {
            return new Prepare(callId, epoch, direction, equal, from, context, resume, warm, lastedMs, traceparent);
        }
    }

    /**
     * Gateway to bridge: the caller's stream is open; audio follows under this record's session number.
     *
     * @param streamSid the provider's id of the stream
     * @param stream 1 for the call's first stream; a re-attach counts on
     * @param playout what became of the words of the bridge before; null when none has served this stream, and from a
     *     gateway that does not tell
     */
    record Attach(
            UUID callId,
            long epoch,
            String streamSid,
            int stream,
            @Nullable Playout playout) implements LinkControl {
        /** To the first bridge of a stream. */
        public Attach(UUID callId, long epoch, String streamSid, int stream) {
            this(callId, epoch, streamSid, stream, null);
        }
    }

    /**
     * @param lastItem the highest item number that this stream has heard of; a bridge that goes on counts on from there
     * @param items those that were not heard to their end, and the last ones that were, in order of play
     */
    record Playout(int lastItem, List<PlayedItem> items) {}

    /**
     * @param item the item number of PLAY
     * @param heardMs what the caller has heard of it by now
     * @param leftMs what he has still to hear of it, and will unless a CLEAR stops it
     * @param complete whether all its audio has come
     */
    record PlayedItem(int item, long heardMs, long leftMs, boolean complete) {}

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

    /**
     * Bridge to gateway: attached.
     *
     * @param epoch the epoch under which it speaks
     * @param goesOn whether it goes on with the items of ATTACH's playout: they play on, their HEARD and CLEARED are for it,
     *     and its own are numbered after them. Else they are forgotten and it counts anew
     */
    record Ready(long epoch, boolean goesOn) implements LinkControl {
        /** By a bridge that speaks on its own. */
        public Ready(long epoch) {
            this(epoch, false);
        }
    }

    /**
     * Bridge to gateway: not served here.
     *
     * @param reason {@code stale-epoch}, {@code full}, {@code draining}, {@code unknown-call}, {@code malformed},
     *     {@code bad-seal} (see {@link LinkSeal}), {@code model-unavailable} (an order to stand ready, and no model session to
     *     be had), {@code over}
     * @param ended why the call was meant to end, with {@code over}: nobody is to take it up again; null otherwise
     */
    record Refused(String reason, @Nullable EndReason ended) implements LinkControl {}
}
