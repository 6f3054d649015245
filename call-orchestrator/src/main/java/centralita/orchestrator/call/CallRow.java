package centralita.orchestrator.call;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.phone.MaskedNumber;
import centralita.orchestrator.call.life.CallState;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Between a call and its row. */
final class CallRow {
    private CallRow() {}

    static CallState state(Row row) {
        var since = instant(row, "state_since");
        return switch (row.getString("state")) {
            case "ANNOUNCED" -> new CallState.Announced();
            case "REQUESTED" -> new CallState.Requested(known(since));
            case "RECEIVED" -> new CallState.Received(known(since));
            case "RINGING" -> new CallState.Ringing(known(since));
            case "IN_PROGRESS" -> new CallState.InProgress(known(since));
            case "ENDED" ->
                new CallState.Ended(
                        known(since),
                        Outcome.valueOf(row.getString("outcome")),
                        EndReason.valueOf(row.getString("end_reason")),
                        row.getLong("talk_time_ms"));
            default -> throw new IllegalStateException("a call is in a state that this version does not know");
        };
    }

    static String name(CallState state) {
        return switch (state) {
            case CallState.Announced _ -> "ANNOUNCED";
            case CallState.Requested _ -> "REQUESTED";
            case CallState.Received _ -> "RECEIVED";
            case CallState.Ringing _ -> "RINGING";
            case CallState.InProgress _ -> "IN_PROGRESS";
            case CallState.Ended _ -> "ENDED";
        };
    }

    /** {@code callId, state, state_since, outcome, end_reason, talk_time_ms}. */
    static Tuple stateTuple(UUID callId, CallState state) {
        var since = switch (state) {
            case CallState.Announced _ -> null;
            case CallState.Requested(var at) -> at;
            case CallState.Received(var at) -> at;
            case CallState.Ringing(var at) -> at;
            case CallState.InProgress(var at) -> at;
            case CallState.Ended ended -> ended.since();
        };
        var end = state instanceof CallState.Ended ended ? ended : null;
        return Tuple.tuple()
                .addUUID(callId)
                .addString(name(state))
                .addOffsetDateTime(since == null ? null : since.atOffset(ZoneOffset.UTC))
                .addString(end == null ? null : end.outcome().name())
                .addString(end == null ? null : end.reason().name())
                .addLong(end == null ? null : end.talkTimeMs());
    }

    /** What a fact tells of the call beside its state; null for nothing. In the order of {@code CallRepository.DETAILS}. */
    static @Nullable Tuple details(UUID callId, Instant time, CallFact fact) {
        return switch (fact) {
            case CallFact.Received(
                    var direction,
                    var callSid,
                    var assistantId,
                    var version,
                    var language,
                    var from,
                    var to) ->
                details(callId, direction, callSid, assistantId, version, language, null, from, to, null, null);
            case CallFact.Requested(var assistantId, var version, var campaignId, var from, var to) ->
                details(callId, Direction.OUTBOUND, null, assistantId, version, null, campaignId, from, to, null, null);
            case CallFact.Ringing(var callSid) -> sid(callId, callSid, null);
            case CallFact.Answered(var callSid) -> sid(callId, callSid, time);
            case CallFact.Ended _ -> details(callId, null, null, null, null, null, null, null, null, null, time);
            case CallFact.MediaStreamStarted _,
                    CallFact.Moved _,
                    CallFact.MediaStreamEnded _,
                    CallFact.ConversationStarted _,
                    CallFact.Turn _,
                    CallFact.BargeIn _,
                    CallFact.ToolCalled _,
                    CallFact.ModelUsage _,
                    CallFact.TranscriptionUsage _,
                    CallFact.ModelSwitched _,
                    CallFact.ConversationEnded _,
                    CallFact.RecordingCompleted _,
                    CallFact.RecordingRead _,
                    CallFact.Refused _,
                    CallFact.CallbackBooked _,
                    CallFact.CallbackClosed _,
                    CallFact.VoicemailLeft _,
                    CallFact.SentToPeople _,
                    CallFact.Unknown _ -> null;
        };
    }

    static @Nullable Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static Instant known(@Nullable Instant since) {
        if (since == null) {
            throw new IllegalStateException("a call's state has no beginning");
        }
        return since;
    }

    private static Tuple sid(UUID callId, String callSid, @Nullable Instant answeredAt) {
        return details(callId, null, callSid, null, null, null, null, null, null, answeredAt, null);
    }

    private static Tuple details(
            UUID callId,
            @Nullable Direction direction,
            @Nullable String callSid,
            @Nullable String assistantId,
            @Nullable Integer assistantVersion,
            @Nullable String language,
            @Nullable String campaignId,
            @Nullable MaskedNumber from,
            @Nullable MaskedNumber to,
            @Nullable Instant answeredAt,
            @Nullable Instant endedAt) {
        return Tuple.tuple()
                .addUUID(callId)
                .addString(direction == null ? null : direction.name())
                .addString(callSid)
                .addString(assistantId)
                .addInteger(assistantVersion)
                .addString(language)
                .addString(campaignId)
                .addString(from == null ? null : from.hash())
                .addString(from == null ? null : from.lastTwo())
                .addString(to == null ? null : to.hash())
                .addString(to == null ? null : to.lastTwo())
                .addOffsetDateTime(offset(answeredAt))
                .addOffsetDateTime(offset(endedAt));
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
