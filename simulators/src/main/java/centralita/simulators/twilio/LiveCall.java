package centralita.simulators.twilio;

import centralita.simulators.speech.Mulaw;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One leg: a human's handset, a line whose clock ticks every 20 ms, and the stage that the line is connected to. Lives
 * on the exchange's event loop; nothing here is thread-safe.
 */
final class LiveCall implements PhoneLine {
    private static final int MAX_INCIDENTS = 100;
    private static final int MAX_WEBHOOKS = 200;
    private static final int FRAMES_PER_DIGIT = 5;
    private static final Stage NOTHING = () -> {};

    private final Exchange exchange;
    private final CallPlan plan;
    private final Handset handset;
    private final StatusCallbacks callbacks;
    private final Promise<CallReport> ended = Promise.promise();
    private final List<CallReport.Incident> incidents = new ArrayList<>();
    private final List<CallReport.Webhook> webhooks = new ArrayList<>();
    private final List<CallReport.Stream> streams = new ArrayList<>();
    private final ArrayDeque<Character> pressed = new ArrayDeque<>();
    private final byte[] frame = new byte[FramePacer.FRAME_BYTES];
    private final Instant createdAt = Instant.now();
    private CallStatus status;
    private Stage stage = NOTHING;
    private @Nullable TwimlRun run;
    private @Nullable FramePacer pacer;
    private @Nullable Instant answeredAt;
    private @Nullable Instant endedAt;
    private String answeredBy = "";
    private long ticks;

    LiveCall(Exchange exchange, CallPlan plan, Handset handset, CallStatus status) {
        this.exchange = exchange;
        this.plan = plan;
        this.handset = handset;
        this.status = status;
        this.callbacks = new StatusCallbacks(exchange.vertx(), exchange.webhooks(), this);
    }

    // The clock.

    void advance(long nowNanos) {
        var clock = pacer;
        if (clock == null || status.over()) {
            return;
        }
        for (int due = clock.framesDue(nowNanos); due > 0 && !status.over(); due--) {
            tick();
        }
    }

    private void tick() {
        Arrays.fill(frame, Mulaw.SILENCE);
        handset.speak(frame);
        stage.take(frame);
        if (ticks++ % FRAMES_PER_DIGIT == 0 && !pressed.isEmpty()) {
            stage.digit(pressed.removeFirst());
        }
        int audio = stage.play(frame);
        handset.hear(frame, audio);
    }

    // The human.

    @Override
    public String callSid() {
        return plan.sid();
    }

    @Override
    public void press(String digits) {
        digits.chars().filter(c -> "0123456789*#ABCD".indexOf(c) >= 0).forEach(c -> pressed.addLast((char) c));
    }

    @Override
    public void hangUp() {
        end(answeredAt == null ? CallStatus.CANCELED : CallStatus.COMPLETED, CallReport.EndedBy.CALLER, 200);
    }

    // What Twilio does with the call.

    /** The call is picked up: audio flows from now on. Harmless when it was already. */
    void answer() {
        if (answeredAt != null || status.over()) {
            return;
        }
        answeredAt = Instant.now();
        pacer = new FramePacer(System.nanoTime());
        progress(CallStatus.IN_PROGRESS);
        exchange.vertx().setTimer(plan.timeLimit().toMillis(), t -> hangUpByTwilio());
        handset.connected(this);
    }

    private void hangUpByTwilio() {
        end(CallStatus.COMPLETED, CallReport.EndedBy.TWIML, 200);
    }

    void progress(CallStatus to) {
        if (!status.over()) {
            status = to;
            callbacks.fire(to, Map.of());
        }
    }

    /** Runs TwiML from an address, in place of what runs now. */
    void runFrom(Verb.Action document, Map<String, String> more) {
        start(next -> next.fetch(document, exchange.settings().publicBaseUrl(), more));
    }

    /** Runs TwiML that was given, in place of what runs now. */
    void runTwiml(String twiml) {
        start(next -> next.runGiven(twiml));
    }

    private void start(Function<TwimlRun, Future<TwimlRun.Ending>> program) {
        var before = run;
        var next = new TwimlRun(this);
        run = next;
        if (before != null) {
            before.cancel();
        }
        connectTo(NOTHING);
        program.apply(next).onComplete(outcome -> {
            if (run == next && outcome.succeeded()) {
                finished(outcome.result());
            } else if (run == next) {
                incident(
                        11200,
                        "TwiML could not be run: " + outcome.cause().getClass().getSimpleName());
                end(CallStatus.FAILED, CallReport.EndedBy.NETWORK, 500);
            }
        });
    }

    private void finished(TwimlRun.Ending ending) {
        switch (ending) {
            case RAN_OUT, HUNG_UP -> hangUpByTwilio();
            case REJECTED -> end(CallStatus.NO_ANSWER, CallReport.EndedBy.TWIML, 603);
            case REJECTED_BUSY -> end(CallStatus.BUSY, CallReport.EndedBy.TWIML, 486);
            case CANCELLED -> {}
        }
    }

    /** Connects the line to another stage; the old one ends. */
    void connectTo(Stage next) {
        var before = stage;
        stage = next;
        before.stop();
    }

    void end(CallStatus how, CallReport.EndedBy by, int sipCode) {
        if (status.over()) {
            return;
        }
        status = how;
        endedAt = Instant.now();
        if (run != null) {
            run.cancel();
        }
        connectTo(NOTHING);
        callbacks.fire(how, terminalFields(sipCode));
        var report = report(by);
        exchange.ended(this);
        handset.ended(report);
        ended.complete(report);
    }

    private Map<String, String> terminalFields(int sipCode) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("SipResponseCode", Integer.toString(sipCode));
        fields.put("CallDuration", Long.toString(talkTime().toSeconds()));
        if (status == CallStatus.COMPLETED) {
            fields.put(
                    "Duration",
                    Long.toString(Math.max(1, Math.ceilDiv(talkTime().toSeconds(), 60L))));
        }
        if (!answeredBy.isEmpty()) {
            fields.put("AnsweredBy", answeredBy);
        }
        return fields;
    }

    private CallReport report(CallReport.EndedBy by) {
        return new CallReport(
                plan.sid(),
                plan.from(),
                plan.to(),
                status.word(),
                by,
                talkTime(),
                List.copyOf(incidents),
                List.copyOf(webhooks),
                List.copyOf(streams));
    }

    // What is told about it.

    void incident(int code, String text) {
        if (incidents.size() < MAX_INCIDENTS) {
            incidents.add(new CallReport.Incident(code, text));
        }
    }

    void notice(LineEvent event) {
        handset.notice(event);
    }

    void asked(URI url, int httpStatus, long tookMs) {
        if (webhooks.size() < MAX_WEBHOOKS) {
            webhooks.add(new CallReport.Webhook(url, httpStatus, tookMs));
        }
    }

    void askedInVain(URI url, Throwable failure, long startedNanos) {
        var tookMs = (System.nanoTime() - startedNanos) / 1_000_000;
        if (failure instanceof WebhookFailure known) {
            asked(url, known.status(), tookMs);
            incident(known.code(), known.text());
        } else {
            asked(url, 0, tookMs);
            incident(11200, "retrieval failed: " + failure.getClass().getSimpleName());
        }
    }

    void streamEnded(CallReport.Stream stream) {
        streams.add(stream);
    }

    /** Tells a stream's status to whom the TwiML names; a failure is an incident and nothing more. */
    void streamStatus(Verb.Action to, Map<String, String> more) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("AccountSid", exchange.settings().accountSid());
        fields.put("CallSid", plan.sid());
        fields.putAll(more);
        post(to, fields);
    }

    /** A notification whose answer does not matter. */
    void post(Verb.Action to, Map<String, String> fields) {
        var url = exchange.resolve(to.url());
        var started = System.nanoTime();
        exchange.webhooks()
                .request(to.method(), url, fields, WebhookClient.MAX_DOCUMENT_BYTES)
                .onSuccess(answer -> asked(url, answer.status(), answer.tookMs()))
                .onFailure(e -> askedInVain(url, e, started));
    }

    /** Fields of every request about this call (twilio.md 1.1). Unknown geography is sent empty, as Twilio does. */
    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("AccountSid", exchange.settings().accountSid());
        fields.put("ApiVersion", "2010-04-01");
        fields.put("CallSid", plan.sid());
        fields.put("CallStatus", status.word());
        fields.put("Direction", plan.direction());
        for (var party : List.of("From", "Caller", "To", "Called")) {
            fields.put(party, party.endsWith("r") || party.equals("From") ? plan.from() : plan.to());
            for (var place : List.of("City", "State", "Zip", "Country")) {
                fields.put(party + place, "");
            }
        }
        if (plan.direction().equals("inbound")) {
            fields.put("CallToken", "%7B%22parentCallInfoToken%22%3A%22" + plan.sid() + "%22%7D");
            fields.put("StirVerstat", "TN-Validation-Passed-A");
        }
        if (!plan.parentSid().isEmpty()) {
            fields.put("ParentCallSid", plan.parentSid());
        }
        fields.putAll(plan.extraFields());
        return fields;
    }

    Exchange exchange() {
        return exchange;
    }

    CallPlan plan() {
        return plan;
    }

    String sid() {
        return plan.sid();
    }

    StreamConditions streamConditions() {
        return plan.streams();
    }

    CallStatus status() {
        return status;
    }

    boolean answered() {
        return answeredAt != null;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Instant answeredAt() {
        return answeredAt;
    }

    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    String answeredBy() {
        return answeredBy;
    }

    void answeredBy(String verdict) {
        answeredBy = verdict;
    }

    Duration talkTime() {
        var from = answeredAt;
        var to = endedAt == null ? Instant.now() : endedAt;
        return from == null ? Duration.ZERO : Duration.between(from, to);
    }

    Future<CallReport> ended() {
        return ended.future();
    }
}
