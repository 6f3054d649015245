package centralita.gateway.twilio;

import centralita.contracts.call.CallFact;
import centralita.gateway.call.Answer;
import centralita.gateway.call.CallFacts;
import centralita.gateway.call.CallTrace;
import centralita.gateway.call.CallTraces;
import centralita.gateway.call.Calls;
import centralita.gateway.call.IncomingCall;
import centralita.gateway.call.LadderCalls;
import centralita.gateway.ladder.Situation;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Twilio asks and tells while a caller is on the ladder. Event loop only. */
@Singleton
class LadderWebhooks {
    private static final String LADDER = "/webhook/twilio/ladder/:callId/:situation/:at/:what";
    private static final String PERSON_STATUS = "/webhook/twilio/person-status/:callId";
    private static final String RECORDING_STATUS = "/webhook/twilio/recording-status/:callId";
    private static final Pattern RECORDING_SID = Pattern.compile("RE[0-9a-fA-F]{32}");
    private static final int MAX_RUNGS = 100;

    private final SignedRoutes signed;
    private final VoiceWebhooks voice;
    private final LadderCalls ladder;
    private final Calls calls;
    private final CallFacts facts;
    private final CallTraces traces;
    private final CallbackSpans spans;

    LadderWebhooks(
            SignedRoutes signed,
            VoiceWebhooks voice,
            LadderCalls ladder,
            Calls calls,
            CallFacts facts,
            CallTraces traces,
            CallbackSpans spans) {
        this.signed = signed;
        this.voice = voice;
        this.ladder = ladder;
        this.calls = calls;
        this.facts = facts;
        this.traces = traces;
        this.spans = spans;
    }

    void routes(@Observes Router router) {
        signed.on(router, LADDER, this::climb);
        signed.on(router, PERSON_STATUS, this::personStatus);
        signed.on(router, RECORDING_STATUS, this::recordingStatus);
    }

    private void climb(RoutingContext routing, Fields fields) {
        var callId = VoiceWebhooks.callId(routing);
        var situation = Situation.of(parameter(routing, "situation"));
        var at = rung(parameter(routing, "at"));
        var what = parameter(routing, "what");
        if (callId.isEmpty() || situation.isEmpty() || at < 0 || !Sid.isSafe(fields.get("CallSid"))) {
            routing.fail(404);
            return;
        }
        spans.follow(routing, LADDER, callId, fields.get("CallSid"));
        var incoming = voice.incoming(fields);
        var ended = CallStatus.of(fields.get("CallStatus")).flatMap(CallStatus::outcome);
        var asked = step(callId.get(), incoming, situation.get(), at, what, fields);
        // The caller has gone: what he did before is applied, and the answer is read by nobody.
        voice.answer(
                routing,
                incoming,
                ended.isEmpty()
                        ? asked
                        : asked.compose(_ -> calls.over(callId, incoming.callSid(), ended.get()))
                                .map(_ -> new Answer.HangUp()),
                false);
    }

    private Future<Answer> step(
            UUID callId, IncomingCall incoming, Situation situation, int at, String what, Fields fields) {
        return switch (what) {
            case "person" ->
                ladder.personGone(
                        callId,
                        incoming,
                        situation,
                        at + 1,
                        dialOutcome(fields),
                        seconds(fields.get("DialCallDuration")) * 1000);
            case "key" -> ladder.keyPressed(callId, incoming, situation, at, fields.get("Digits"));
            case "message" -> ladder.messageTaken(callId, incoming, situation);
            default -> ladder.next(callId, incoming, situation, at);
        };
    }

    /** "completed" alone does not prove a conversation: the two must have been joined (2.3 of the provider's facts). */
    private static String dialOutcome(Fields fields) {
        return switch (fields.get("DialCallStatus")) {
            case "completed", "answered" -> fields.get("DialBridged").equals("false") ? "no-answer" : "answered";
            case "busy" -> "busy";
            case "no-answer" -> "no-answer";
            case "canceled" -> "canceled";
            default -> "failed";
        };
    }

    private void personStatus(RoutingContext routing, Fields fields) {
        routing.response().setStatusCode(204).end();
        if (CallStatus.of(fields.get("CallStatus"))
                .filter(CallStatus.IN_PROGRESS::equals)
                .isPresent()) {
            VoiceWebhooks.callId(routing).ifPresent(ladder::personAnswered);
        }
    }

    private void recordingStatus(RoutingContext routing, Fields fields) {
        routing.response().setStatusCode(204).end();
        var callId = VoiceWebhooks.callId(routing);
        var callSid = fields.get("CallSid");
        var recordingSid = fields.get("RecordingSid");
        if (callId.isEmpty()
                || !Sid.isSafe(callSid)
                || !RECORDING_SID.matcher(recordingSid).matches()
                || !fields.get("RecordingStatus").equals("completed")) {
            return;
        }
        var message = new CallFact.VoicemailLeft(recordingSid, seconds(fields.get("RecordingDuration")) * 1000);
        traces.of(callId, callSid)
                .onSuccess(trace -> facts.voicemail(
                        callId.get(), callSid, trace.map(CallTrace::traceparent).orElse(null), message));
    }

    private static long seconds(String text) {
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    private static int rung(String text) {
        return text.matches("[0-9]{1,3}") ? Math.min(MAX_RUNGS, Integer.parseInt(text)) : -1;
    }

    private static String parameter(RoutingContext routing, String name) {
        @Nullable String text = routing.pathParam(name);
        return Optional.ofNullable(text).orElse("");
    }
}
