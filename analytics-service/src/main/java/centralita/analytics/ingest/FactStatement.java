package centralita.analytics.ingest;

import static java.time.ZoneOffset.UTC;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.Tokens;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What writes an event as facts: one statement, which is a transaction of its own and one question to the database. It
 * does nothing when the event was applied before, and answers one row when it was not.
 *
 * <p>In any order of events the result is the same, because rows are only added and what two events could both say is taken
 * from the earlier one.
 *
 * @param values its id, its call and its time are the first three of every event
 */
record FactStatement(String sql, Tuple values) {
    /** What a statement says about the call's own row when the event says nothing more about the call. */
    private static final String SEEN = """
            insert into call (call_id, started_at) select $2, $3 from fresh
            on conflict (call_id) do update set started_at = least(call.started_at, excluded.started_at)""";

    private static final String SEE = statement(SEEN);
    // No condition on started_at: who comes later than the event that the columns are from, comes later than the start.
    private static final String INTRODUCE = statement("""
            insert into call (call_id, started_at, introduced_at, introduced_by, direction, assistant_id,
                              assistant_version, language, campaign_id)
            select $2, $3, $3, $1, $4, $5, $6, $7, $8 from fresh
            on conflict (call_id) do update
            set started_at = least(call.started_at, excluded.started_at),
                introduced_at = excluded.introduced_at, introduced_by = excluded.introduced_by,
                direction = excluded.direction, assistant_id = excluded.assistant_id,
                assistant_version = excluded.assistant_version, language = excluded.language,
                campaign_id = excluded.campaign_id
            where call.introduced_at is null
               or (call.introduced_at, call.introduced_by) > (excluded.introduced_at, excluded.introduced_by)""");
    private static final String ANSWER = statement("""
            insert into call (call_id, started_at, answered_at) select $2, $3, $3 from fresh
            on conflict (call_id) do update
            set started_at = least(call.started_at, excluded.started_at),
                answered_at = least(call.answered_at, excluded.answered_at)""");
    private static final String END = statement("""
            insert into call (call_id, started_at, ended_at, ended_by, outcome, reason, talk_time_ms)
            select $2, $3, $3, $1, $4, $5, $6 from fresh
            on conflict (call_id) do update
            set started_at = least(call.started_at, excluded.started_at),
                ended_at = excluded.ended_at, ended_by = excluded.ended_by, outcome = excluded.outcome,
                reason = excluded.reason, talk_time_ms = excluded.talk_time_ms
            where call.ended_at is null
               or (call.ended_at, call.ended_by) > (excluded.ended_at, excluded.ended_by)""");
    private static final String STREAM = row("""
            media_stream (event_id, call_id, ended_at, reason, duration_ms, missing_frames)
            select $1, $2, $3, $4, $5, $6""");
    private static final String TURN = row("""
            turn (event_id, call_id, at, turn, trigger_kind, caller_speech_ms, first_audio_ms, audio_ms, heard_ms,
                  interrupted)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10""");
    private static final String BARGE_IN = row("""
            barge_in (event_id, call_id, at, heard_ms, made_ms, reaction_ms)
            select $1, $2, $3, $4, $5, $6""");
    private static final String TOOL_CALL = row("""
            tool_call (event_id, call_id, at, tool, outcome, duration_ms)
            select $1, $2, $3, $4, $5, $6""");
    private static final String USAGE = row("""
            usage (event_id, call_id, at, kind, provider, model, status, seconds, text_in, text_cached, audio_in,
                   audio_cached, text_out, audio_out)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14""");
    private static final String QUALITY = row("""
            conversation_quality (event_id, call_id, at, duration_ms, mos, r_factor, talk_over_ms, holes, missing_ms,
                                  longest_gap_ms, jitter_micros, late_frames, dropped_ms, underruns, underrun_ms)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15""");

    static FactStatement of(CallEvent event) {
        return switch (event.data()) {
            case CallFact.Received fact ->
                introduce(event, fact.direction(), fact.assistantId(), fact.assistantVersion(), fact.language(), null);
            case CallFact.Requested fact ->
                introduce(
                        event,
                        Direction.OUTBOUND,
                        fact.assistantId(),
                        fact.assistantVersion(),
                        null,
                        fact.campaignId());
            case CallFact.Answered _ -> of(ANSWER, event);
            case CallFact.Ended fact ->
                of(END, event, fact.outcome().name(), fact.reason().name(), fact.talkTimeMs());
            case CallFact.MediaStreamEnded fact ->
                of(STREAM, event, fact.reason(), fact.durationMs(), fact.missingFrames());
            case CallFact.Turn fact ->
                of(
                        TURN,
                        event,
                        fact.turn(),
                        fact.trigger(),
                        fact.callerSpeechMs(),
                        fact.firstAudioMs(),
                        fact.audioMs(),
                        fact.heardMs(),
                        fact.interrupted());
            case CallFact.BargeIn fact -> of(BARGE_IN, event, fact.heardMs(), fact.madeMs(), fact.reactionMs());
            case CallFact.ToolCalled fact -> of(TOOL_CALL, event, fact.tool(), fact.outcome(), fact.durationMs());
            case CallFact.ModelUsage fact ->
                use(event, "MODEL", fact.provider(), fact.model(), fact.status(), BigDecimal.ZERO, fact.tokens());
            case CallFact.TranscriptionUsage fact ->
                use(
                        event,
                        "TRANSCRIPTION",
                        fact.provider(),
                        fact.model(),
                        null,
                        BigDecimal.valueOf(fact.seconds()),
                        fact.tokens());
            case CallFact.ConversationEnded fact -> rate(event, fact);
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
                    CallFact.Unknown _ -> of(SEE, event);
        };
    }

    private static FactStatement introduce(
            CallEvent event,
            Direction direction,
            String assistantId,
            int assistantVersion,
            @Nullable String language,
            @Nullable String campaignId) {
        return of(INTRODUCE, event, direction.name(), assistantId, assistantVersion, language, campaignId);
    }

    /** A conversation that nobody measured leaves no row. */
    private static FactStatement rate(CallEvent event, CallFact.ConversationEnded fact) {
        var quality = fact.quality();
        if (quality == null) {
            return of(SEE, event);
        }
        var stream = quality.stream();
        return of(
                QUALITY,
                event,
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

    private static FactStatement use(
            CallEvent event,
            String kind,
            String provider,
            String model,
            @Nullable String status,
            BigDecimal seconds,
            Tokens tokens) {
        return of(
                USAGE,
                event,
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

    private static FactStatement of(String sql, CallEvent event, @Nullable Object... values) {
        var all = new ArrayList<@Nullable Object>(3 + values.length);
        all.add(event.id());
        all.add(event.subject());
        all.add(event.time().atOffset(UTC));
        all.addAll(Arrays.asList(values));
        return new FactStatement(sql, Tuple.tuple(all));
    }

    /** A fact with a row of its own. @param insertion without the word, and without where its values come from */
    private static String row(String insertion) {
        return statement(SEEN + "), fact as (insert into " + insertion + " from fresh");
    }

    /** @param writing what is done with what is {@code fresh}: one row when the event was not applied before, else none */
    private static String statement(String writing) {
        return """
                with fresh as (insert into inbox (event_id) values ($1) on conflict (event_id) do nothing
                               returning event_id),
                     seen as (%s)
                select event_id from fresh""".formatted(writing);
    }
}
