package centralita.contracts.call;

import centralita.contracts.event.UnknownFact;
import centralita.contracts.phone.MaskedNumber;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a call. None of these carries personal data: parties are {@link MaskedNumber}s, and what
 * was said goes to another topic ({@code centralita.contracts.transcript}).
 *
 * <p>Times within a fact are milliseconds; the moment itself is the envelope's.
 */
public sealed interface CallFact {
    /**
     * Somebody calls us and is being answered. By the gateway.
     *
     * @param callSid the provider's id
     * @param assistantVersion the version that answers; later ones do not touch this call
     * @param language BCP 47
     */
    @JsonTypeName("centralita.call.received.v1")
    record Received(
            Direction direction,
            String callSid,
            String assistantId,
            int assistantVersion,
            String language,
            MaskedNumber from,
            MaskedNumber to)
            implements CallFact {}

    /**
     * A call of ours was accepted for dialling. By the orchestrator.
     *
     * @param campaignId null when no campaign asked for it
     */
    @JsonTypeName("centralita.call.requested.v1")
    record Requested(
            String assistantId,
            int assistantVersion,
            @Nullable String campaignId,
            MaskedNumber from,
            MaskedNumber to) implements CallFact {}

    /** The other end rings. By the gateway, from the provider's status callback. */
    @JsonTypeName("centralita.call.ringing.v1")
    record Ringing(String callSid) implements CallFact {}

    /** The call was answered; for inbound calls by us. By the gateway. */
    @JsonTypeName("centralita.call.answered.v1")
    record Answered(String callSid) implements CallFact {}

    /**
     * Audio flows between the provider and the gateway. By the gateway.
     *
     * @param attempt 1 for the call's first stream; a re-attach counts on
     * @param epoch the ownership under which the bridge serves it
     */
    @JsonTypeName("centralita.call.media-stream-started.v1")
    record MediaStreamStarted(String streamSid, int attempt, String bridgeId, long epoch) implements CallFact {}

    /**
     * Another bridge serves the caller. By the gateway.
     *
     * @param cause {@code lost}, {@code refused}, {@code draining}, {@code rebalance}
     * @param epoch the ownership under which the new one serves
     * @param gapMs from the moment that the old one served no more until the new one did
     */
    @JsonTypeName("centralita.call.moved.v1")
    record Moved(String fromBridge, String toBridge, String cause, long epoch, long gapMs) implements CallFact {}

    /**
     * A media stream is over; the call may go on with another. By the gateway.
     *
     * @param reason {@code stopped} by the provider, {@code closed} by us on purpose, {@code lost}
     * @param missingFrames frames of 20 ms that never came, by the stream's own time stamps
     */
    @JsonTypeName("centralita.call.media-stream-ended.v1")
    record MediaStreamEnded(
            String streamSid, String reason, long durationMs, long framesIn, long missingFrames, long playedMs)
            implements CallFact {}

    /**
     * The model is configured and the caller is on the line. By the bridge.
     *
     * @param modelSessionId the model's own id of its session
     * @param readyMs from the order to prepare until the model was configured
     * @param resumed whether an earlier model session of this call was continued
     */
    @JsonTypeName("centralita.call.conversation-started.v1")
    record ConversationStarted(
            String bridgeId,
            long epoch,
            String provider,
            String model,
            String voice,
            String modelSessionId,
            long readyMs,
            boolean resumed)
            implements CallFact {}

    /**
     * One answer of the assistant, with the caller's speech before it if there was any. By the bridge.
     *
     * @param turn from 1
     * @param trigger {@code greeting}, {@code speech}, {@code tool}, {@code silence}, {@code digits}, {@code limit},
     *     {@code resume} (the line or the model's session was lost and is back)
     * @param callerSpeechMs length of the caller's speech before it; 0 for none
     * @param firstAudioMs from the end of the caller's speech (or from our own request) to the first audio sent towards
     *     the caller; null when there was no audio
     * @param audioMs audio that the model made
     * @param heardMs audio that the caller heard
     */
    @JsonTypeName("centralita.call.turn.v1")
    record Turn(
            int turn,
            String trigger,
            long callerSpeechMs,
            @Nullable Long firstAudioMs,
            long audioMs,
            long heardMs,
            boolean interrupted)
            implements CallFact {}

    /**
     * The caller spoke while the assistant's audio played. By the bridge.
     *
     * @param heardMs what the caller had heard of the item
     * @param madeMs what the model had made of it
     * @param reactionMs from the model's word of speech to the moment that playback was told to stop
     */
    @JsonTypeName("centralita.call.barge-in.v1")
    record BargeIn(String itemId, long heardMs, long madeMs, long reactionMs) implements CallFact {}

    /**
     * A tool was called for the caller. By the bridge; arguments and result are in the transcript topic.
     *
     * @param outcome {@code ok}, {@code failed}, {@code refused} (unknown tool, bad arguments, over the limit)
     */
    @JsonTypeName("centralita.call.tool-called.v1")
    record ToolCalled(String toolCallId, String tool, String outcome, long durationMs) implements CallFact {}

    /**
     * What one response of the model was billed for. By the bridge, also for cancelled and failed responses.
     *
     * @param status {@code completed}, {@code cancelled}, {@code incomplete}, {@code failed}
     */
    @JsonTypeName("centralita.call.model-usage.v1")
    record ModelUsage(String provider, String model, String responseId, String status, Tokens tokens)
            implements CallFact {}

    /**
     * What one transcription of the caller's speech was billed for. By the bridge.
     *
     * @param seconds of audio, when billed by time; else 0
     */
    @JsonTypeName("centralita.call.transcription-usage.v1")
    record TranscriptionUsage(String provider, String model, double seconds, Tokens tokens) implements CallFact {}

    /**
     * The call goes on with another session of a model. By the bridge.
     *
     * @param cause {@code rotation} (the session came near its limit), {@code reconnect} (it was lost), {@code failover}
     *     (it was lost, and the same provider gave no other)
     * @param model of the new session
     * @param gapMs how long no session could hear the caller; what he said meanwhile was kept and told afterwards
     */
    @JsonTypeName("centralita.call.model-switched.v1")
    record ModelSwitched(String cause, String fromProvider, String toProvider, String model, long gapMs)
            implements CallFact {}

    /**
     * The bridge has let go of the call. By the bridge, once per bridge that owned it.
     *
     * @param quality of what this bridge served; null when the gateway did not say what it measured
     */
    @JsonTypeName("centralita.call.conversation-ended.v1")
    record ConversationEnded(
            EndReason reason,
            int turns,
            int bargeIns,
            int toolCalls,
            long durationMs,
            long epoch,
            @Nullable CallQuality quality)
            implements CallFact {}

    /**
     * The call is over. Exactly one per call. By the gateway (or by the orchestrator, when it had to find out).
     *
     * @param reason stable and of few values: why, where the outcome alone does not say it
     * @param talkTimeMs from answer to hang-up; 0 when nobody answered
     */
    @JsonTypeName("centralita.call.ended.v1")
    record Ended(Outcome outcome, EndReason reason, long talkTimeMs) implements CallFact {}

    /**
     * The recording of a call is complete. By a gateway; once per call in effect, since a repetition has the same id.
     *
     * @param recordingId ours; the audio itself is asked for by callId
     * @param bytes of the WAV file
     * @param sha256 of the WAV file, hexadecimal
     * @param channels 2: the caller left, what he heard right
     * @param gaps stretches of which nothing was kept, filled with silence: between two streams, or lost
     * @param gapMs how long these are together
     */
    @JsonTypeName("centralita.call.recording-completed.v1")
    record RecordingCompleted(
            String recordingId, long durationMs, long bytes, String sha256, int channels, int gaps, long gapMs)
            implements CallFact {}

    /**
     * Somebody was given the audio of a recording. By a gateway.
     *
     * @param readerHash keyed hash of who asked; the gateway's log names him
     */
    @JsonTypeName("centralita.call.recording-read.v1")
    record RecordingRead(String recordingId, String readerHash) implements CallFact {}

    /**
     * A call was not admitted; the caller was told so, and what he was offered. By the gateway; an {@link Ended} follows.
     *
     * @param reason of few values: which limit, as {@code no-bridge} or {@code caller-rate}
     * @param offered what he could choose or was given: {@code callback}, {@code voicemail}, {@code person}, {@code none}
     */
    @JsonTypeName("centralita.call.refused.v1")
    record Refused(String reason, String offered) implements CallFact {}

    /**
     * The caller will be called back; the number is in the request on another topic ({@code centralita.contracts.request}).
     * By the gateway, at most once per call.
     */
    @JsonTypeName("centralita.call.callback-booked.v1")
    record CallbackBooked(CallbackCause cause) implements CallFact {}

    /**
     * Nobody is to be called back for this call any more. By the orchestrator, at most once per callback.
     *
     * @param outcome {@code done} (he was called), {@code cancelled}
     */
    @JsonTypeName("centralita.call.callback-closed.v1")
    record CallbackClosed(String outcome) implements CallFact {}

    /**
     * The caller left a message, which the provider keeps. By the gateway, at most once per recording.
     *
     * @param recordingSid the provider's id of it
     */
    @JsonTypeName("centralita.call.voicemail-left.v1")
    record VoicemailLeft(String recordingSid, long durationMs) implements CallFact {}

    /**
     * The caller was sent to people because the model could not serve him. By the gateway, when that leg is over.
     *
     * @param outcome {@code answered}, or why not: {@code busy}, {@code no-answer}, {@code failed}, {@code canceled}
     */
    @JsonTypeName("centralita.call.sent-to-people.v1")
    record SentToPeople(String outcome, long talkTimeMs) implements CallFact {}

    /**
     * A kind from a newer producer: consumers count it and go on, and may keep it as it is.
     *
     * @param content the event's {@code data}, untouched
     */
    record Unknown(String type, @JsonValue JsonNode content) implements CallFact, UnknownFact {
        /** Nobody here knows what the content may hold. */
        @Override
        public String toString() {
            return "Unknown[type=" + type + "]";
        }
    }
}
