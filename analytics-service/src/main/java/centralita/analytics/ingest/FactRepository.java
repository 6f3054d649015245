package centralita.analytics.ingest;

import static java.time.ZoneOffset.UTC;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.Tokens;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as facts. Each event once, by its id, in the same transaction as its facts; and in any order with the
 * same result, because rows are only added and what two events could both say is taken from the earlier one.
 */
@ApplicationScoped
class FactRepository {
    private static final String REMEMBER = "insert into inbox (event_id) values ($1) on conflict (event_id) do nothing";
    private static final String SEE = """
            insert into call (call_id, started_at) values ($1, $2)
            on conflict (call_id) do update set started_at = least(call.started_at, excluded.started_at)""";
    private static final String INTRODUCE = """
            update call set direction = $2, assistant_id = $3, assistant_version = $4, language = $5, campaign_id = $6,
                            introduced_at = $7, introduced_by = $8
            where call_id = $1 and (introduced_at is null or (introduced_at, introduced_by) > ($7, $8))""";
    private static final String ANSWER = """
            update call set answered_at = least(answered_at, $2) where call_id = $1""";
    private static final String END = """
            update call set outcome = $2, reason = $3, talk_time_ms = $4, ended_at = $5, ended_by = $6
            where call_id = $1 and (ended_at is null or (ended_at, ended_by) > ($5, $6))""";
    private static final String STREAM = """
            insert into media_stream (event_id, call_id, ended_at, reason, duration_ms, missing_frames)
            values ($1, $2, $3, $4, $5, $6)""";
    private static final String TURN = """
            insert into turn (event_id, call_id, at, turn, trigger_kind, caller_speech_ms, first_audio_ms, audio_ms,
                              heard_ms, interrupted)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""";
    private static final String BARGE_IN = """
            insert into barge_in (event_id, call_id, at, heard_ms, made_ms, reaction_ms)
            values ($1, $2, $3, $4, $5, $6)""";
    private static final String TOOL_CALL = """
            insert into tool_call (event_id, call_id, at, tool, outcome, duration_ms)
            values ($1, $2, $3, $4, $5, $6)""";
    private static final String USAGE = """
            insert into usage (event_id, call_id, at, kind, provider, model, status, seconds, text_in, text_cached,
                               audio_in, audio_cached, text_out, audio_out)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""";
    private static final String QUALITY = """
            insert into conversation_quality (event_id, call_id, at, duration_ms, mos, r_factor, talk_over_ms, holes,
                                              missing_ms, longest_gap_ms, jitter_micros, late_frames, dropped_ms,
                                              underruns, underrun_ms)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)""";
    private static final String FORGET = """
            delete from inbox where event_id in (select event_id from inbox where applied_at < $1 limit $2)""";

    private final Pool pool;

    FactRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * Applies an event, all of it or nothing.
     *
     * @return whether it was new; false when it had been applied before
     */
    Uni<Boolean> apply(CallEvent event) {
        return pool.withTransaction(connection -> execute(connection, REMEMBER, event.id())
                .chain(remembered -> remembered == 0
                        ? Uni.createFrom().item(false)
                        : execute(connection, SEE, event.subject(), at(event))
                                .chain(() -> write(connection, event))
                                .replaceWith(true)));
    }

    /** Forgets which events were applied before a time; those events must no longer be in the topic. */
    Uni<Integer> forget(OffsetDateTime before, int most) {
        return pool.withConnection(connection -> execute(connection, FORGET, before, most));
    }

    private static Uni<Integer> write(SqlConnection connection, CallEvent event) {
        var id = event.id();
        var callId = event.subject();
        var at = at(event);
        return switch (event.data()) {
            case CallFact.Received fact ->
                introduce(
                        connection,
                        event,
                        fact.direction(),
                        fact.assistantId(),
                        fact.assistantVersion(),
                        fact.language(),
                        null);
            case CallFact.Requested fact ->
                introduce(
                        connection,
                        event,
                        Direction.OUTBOUND,
                        fact.assistantId(),
                        fact.assistantVersion(),
                        null,
                        fact.campaignId());
            case CallFact.Answered _ -> execute(connection, ANSWER, callId, at);
            case CallFact.Ended fact ->
                execute(
                        connection,
                        END,
                        callId,
                        fact.outcome().name(),
                        fact.reason().name(),
                        fact.talkTimeMs(),
                        at,
                        id);
            case CallFact.MediaStreamEnded fact ->
                execute(connection, STREAM, id, callId, at, fact.reason(), fact.durationMs(), fact.missingFrames());
            case CallFact.Turn fact ->
                execute(
                        connection,
                        TURN,
                        id,
                        callId,
                        at,
                        fact.turn(),
                        fact.trigger(),
                        fact.callerSpeechMs(),
                        fact.firstAudioMs(),
                        fact.audioMs(),
                        fact.heardMs(),
                        fact.interrupted());
            case CallFact.BargeIn fact ->
                execute(connection, BARGE_IN, id, callId, at, fact.heardMs(), fact.madeMs(), fact.reactionMs());
            case CallFact.ToolCalled fact ->
                execute(connection, TOOL_CALL, id, callId, at, fact.tool(), fact.outcome(), fact.durationMs());
            case CallFact.ModelUsage fact ->
                use(
                        connection,
                        event,
                        "MODEL",
                        fact.provider(),
                        fact.model(),
                        fact.status(),
                        BigDecimal.ZERO,
                        fact.tokens());
            case CallFact.TranscriptionUsage fact ->
                use(
                        connection,
                        event,
                        "TRANSCRIPTION",
                        fact.provider(),
                        fact.model(),
                        null,
                        BigDecimal.valueOf(fact.seconds()),
                        fact.tokens());
            case CallFact.ConversationEnded fact -> rate(connection, event, fact);
            // The call's row says that they happened; nobody asks for more of them yet.
            case CallFact.Ringing _,
                    CallFact.MediaStreamStarted _,
                    CallFact.Moved _,
                    CallFact.ConversationStarted _,
                    CallFact.ModelSwitched _,
                    CallFact.Refused _,
                    CallFact.CallbackBooked _,
                    CallFact.CallbackClosed _,
                    CallFact.RecordingCompleted _,
                    CallFact.RecordingRead _,
                    CallFact.VoicemailLeft _,
                    CallFact.SentToPeople _,
                    CallFact.Unknown _ -> Uni.createFrom().item(0);
        };
    }

    private static Uni<Integer> introduce(
            SqlConnection connection,
            CallEvent event,
            Direction direction,
            String assistantId,
            int assistantVersion,
            @Nullable String language,
            @Nullable String campaignId) {
        return execute(
                connection,
                INTRODUCE,
                event.subject(),
                direction.name(),
                assistantId,
                assistantVersion,
                language,
                campaignId,
                at(event),
                event.id());
    }

    /** A conversation that nobody measured leaves no row. */
    private static Uni<Integer> rate(SqlConnection connection, CallEvent event, CallFact.ConversationEnded fact) {
        var quality = fact.quality();
        if (quality == null) {
            return Uni.createFrom().item(0);
        }
        var stream = quality.stream();
        return execute(
                connection,
                QUALITY,
                event.id(),
                event.subject(),
                at(event),
                fact.durationMs(),
                BigDecimal.valueOf(quality.mos()),
                BigDecimal.valueOf(quality.rFactor()),
                quality.talkOverMs(),
                stream.holes(),
                stream.missingMs(),
                stream.longestGapMs(),
                stream.jitterMicros(),
                stream.lateFrames(),
                stream.droppedMs(),
                stream.underruns(),
                stream.underrunMs());
    }

    private static Uni<Integer> use(
            SqlConnection connection,
            CallEvent event,
            String kind,
            String provider,
            String model,
            @Nullable String status,
            BigDecimal seconds,
            Tokens tokens) {
        UUID id = event.id();
        return execute(
                connection,
                USAGE,
                id,
                event.subject(),
                at(event),
                kind,
                provider,
                model,
                status,
                seconds,
                tokens.textIn(),
                tokens.textCached(),
                tokens.audioIn(),
                tokens.audioCached(),
                tokens.textOut(),
                tokens.audioOut());
    }

    private static OffsetDateTime at(CallEvent event) {
        return event.time().atOffset(UTC);
    }

    private static Uni<Integer> execute(SqlConnection connection, String sql, @Nullable Object... values) {
        return connection
                .preparedQuery(sql)
                .execute(Tuple.tuple(Arrays.asList(values)))
                .map(rows -> rows.rowCount());
    }
}
