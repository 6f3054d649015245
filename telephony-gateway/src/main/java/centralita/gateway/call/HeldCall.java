package centralita.gateway.call;

import centralita.audiolink.LinkControl;
import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.admission.Admissions;
import centralita.gateway.link.AudioLink;
import centralita.gateway.session.AudioSession;
import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveCall;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call that this gateway holds, as it stands. Changed by this package only, on the event loop. */
final class HeldCall {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    final UUID callId;
    final IncomingCall incoming;
    final AssistantProfile assistant;
    final long receivedMs;

    BridgeEntry bridge;
    long epoch;
    int streams;
    /** Whether a sound of a bridge ever came for the caller: then the journal holds what was said, and nobody greets again. */
    boolean served;
    /** Why the call is to end, when somebody meant it to. */
    @Nullable
    EndReason intended;

    @Nullable
    AudioSession session;
    /** The order to prepare, while no stream is open. */
    @Nullable
    Preparation preparation;
    /** Whether another bridge is being found. */
    boolean moving;
    /** Whether it is being found out if the call may have another bridge than one that drains. */
    boolean relieving;
    /** On its way to another bridge in peace. */
    @Nullable
    Passage passage;
    /** The change of bridges that is not over before the new one speaks. */
    @Nullable
    Move move;
    /** When the call last had another bridge; long ago when never. By the loop's clock. */
    long movedMs = Long.MIN_VALUE / 2;

    boolean ended;
    /** Ends the call when nobody comes. */
    long timer = -1;

    /** @param sinceMs when the caller was last served by the bridge before, by the loop's clock */
    record Move(String fromBridge, MoveCause cause, long sinceMs) {}

    /** @param number session number of the order on that link */
    record Preparation(AudioLink link, int number) {}

    HeldCall(UUID callId, IncomingCall incoming, AssistantProfile assistant, long receivedMs, BridgeEntry bridge) {
        this.callId = callId;
        this.incoming = incoming;
        this.assistant = assistant;
        this.receivedMs = receivedMs;
        this.bridge = bridge;
        this.epoch = 1;
    }

    /** A call that another gateway received. */
    static HeldCall of(LiveCall live, AssistantProfile assistant, BridgeEntry bridge) {
        var incoming = new IncomingCall(
                live.callSid(),
                live.accountSid(),
                live.direction(),
                live.from(),
                live.to(),
                texts(live.context()),
                live.traceparent());
        var held = new HeldCall(live.callId(), incoming, assistant, live.receivedMs(), bridge);
        held.epoch = live.epoch();
        held.streams = live.streams();
        held.served = live.streams() > 0;
        held.intended = live.endReason();
        return held;
    }

    private static Map<String, String> texts(String json) {
        try {
            return ContractsJson.mapper().readValue(json, TEXTS);
        } catch (IOException _) {
            // What the call brought along helps; without it the call goes on.
            return Map.of();
        }
    }

    CallTrace trace() {
        return new CallTrace(callId, incoming.traceparent());
    }

    Admissions.Asking asking() {
        return new Admissions.Asking(incoming.callSid(), incoming.direction(), incoming.theirs(), assistant);
    }

    LiveCall live(String phase) {
        return new LiveCall(
                callId,
                incoming.callSid(),
                incoming.accountSid(),
                incoming.direction(),
                assistant.assistantId(),
                assistant.version(),
                incoming.from(),
                incoming.to(),
                ContractsJson.write(incoming.context()),
                bridge.bridgeId(),
                epoch,
                phase,
                streams,
                intended,
                receivedMs,
                incoming.traceparent());
    }

    /** What the provider is answered for it: the next stream, or the end when somebody meant it to end. */
    Answer answer() {
        return intended != null
                ? new Answer.HangUp()
                : new Answer.Connect(callId, incoming, assistant, new Standing(streams + 1, bridge.bridgeId(), epoch));
    }

    /** @param wallClockMs when it is ordered */
    LinkControl.Prepare prepare(NumberMask mask, long wallClockMs) {
        return new LinkControl.Prepare(
                callId,
                epoch,
                incoming.direction(),
                assistant,
                mask.mask(incoming.theirs()),
                incoming.context(),
                served,
                false,
                lastedMs(wallClockMs),
                incoming.traceparent());
    }

    /** The order to stand ready while another bridge serves. */
    LinkControl.Prepare warm(NumberMask mask, long wallClockMs) {
        return new LinkControl.Prepare(
                callId,
                epoch,
                incoming.direction(),
                assistant,
                mask.mask(incoming.theirs()),
                incoming.context(),
                true,
                true,
                lastedMs(wallClockMs),
                incoming.traceparent());
    }

    /** Never below 0: the call may have been received by another gateway, whose clock is ahead. */
    private long lastedMs(long wallClockMs) {
        return Math.max(0, wallClockMs - receivedMs);
    }

    /** Whether another gateway has had the call since this one knew it best, or knows why it is to end. */
    boolean isOlderThan(LiveCall live) {
        return live.streams() > streams || live.epoch() > epoch || intended == null && live.endReason() != null;
    }

    /** The same, as the provider brings it back. */
    boolean isOlderThan(Standing before) {
        return intended == null && before.isLaterThan(epoch);
    }

    /**
     * The provider knows of so many streams; one that is here knows better. Not that anybody was served: a stream that was
     * asked for may never have been opened, and then the caller is still to be greeted.
     */
    void hadStreams(int before) {
        if (session == null) {
            streams = Math.max(streams, before);
        }
    }

    /** The caller is not served from now on; of several reasons the first counts. */
    void unserved(MoveCause cause, long nowMs) {
        if (move == null) {
            move = new Move(bridge.bridgeId(), cause, nowMs);
        }
    }

    boolean outbound() {
        return incoming.direction() == Direction.OUTBOUND;
    }
}
