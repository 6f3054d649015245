package centralita.simulators.twilio;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code <Dial>}: a second leg that is joined with the first. Of several targets the first that would answer is rung;
 * if none would, the first. A target's whisper runs before both are joined, and may refuse by hanging up.
 */
final class Dialing {
    private static final int MAX_WAIT_MS = 24 * 3_600_000;

    private final LiveCall call;
    private final Verb.Dial dial;

    Dialing(LiveCall call, Verb.Dial dial) {
        this.call = call;
        this.dial = dial;
    }

    /** @return the fields of the action request */
    Future<Map<String, String>> run() {
        if (dial.targets().isEmpty()) {
            return Future.succeededFuture(Map.of("DialCallStatus", "failed", "DialBridged", "false"));
        }
        var target = target(dial.targets());
        var callee = call.exchange().callee(target.address());
        var limit = Duration.ofSeconds(dial.timeLimit());
        var plan = call.plan().dialled(Sids.next("CA"), target, limit);
        LiveCall leg;
        try {
            leg = call.exchange().begin(plan, Ringing.handsetOf(callee), CallStatus.QUEUED);
        } catch (IllegalStateException e) {
            return Future.succeededFuture(Map.of("DialCallStatus", "failed", "DialBridged", "false"));
        }
        // Whoever hangs up takes the other along.
        var waiting = new Announcement(new byte[0], MAX_WAIT_MS);
        call.connectTo(waiting);
        waiting.done().onComplete(gone -> {
            if (!leg.answered()) {
                leg.end(CallStatus.CANCELED, CallReport.EndedBy.CALLER, 487);
            }
        });
        return Ringing.ring(leg, callee, Duration.ofSeconds(dial.timeout()))
                .compose(answered -> answered ? whisper(target, leg) : Future.succeededFuture(false))
                .compose(ready -> ready ? join(leg) : Future.succeededFuture(result(leg, false)));
    }

    private Verb.Target target(List<Verb.Target> targets) {
        return targets.stream()
                .filter(target -> call.exchange().callee(target.address()) instanceof Callee.Answers)
                .findFirst()
                .orElse(targets.getFirst());
    }

    private Future<Boolean> whisper(Verb.Target target, LiveCall leg) {
        if (!target.whisper().present()) {
            return Future.succeededFuture(true);
        }
        return new TwimlRun(leg)
                .fetch(target.whisper(), call.exchange().settings().publicBaseUrl(), Map.of())
                .map(ending -> {
                    if (ending == TwimlRun.Ending.RAN_OUT && !leg.status().over()) {
                        return true;
                    }
                    leg.end(CallStatus.COMPLETED, CallReport.EndedBy.TWIML, 200);
                    return false;
                });
    }

    private Future<Map<String, String>> join(LiveCall leg) {
        if (call.status().over()) {
            leg.end(CallStatus.COMPLETED, CallReport.EndedBy.CALLER, 200);
            return Future.succeededFuture(result(leg, false));
        }
        call.answer();
        var joined = new JoinedLegs();
        call.connectTo(joined.one());
        leg.connectTo(joined.other());
        return joined.parted().map(parted -> {
            leg.end(CallStatus.COMPLETED, CallReport.EndedBy.TWIML, 200);
            return result(leg, true);
        });
    }

    private static Map<String, String> result(LiveCall leg, boolean bridged) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("DialCallStatus", leg.status().over() ? leg.status().word() : "failed");
        fields.put("DialCallSid", leg.sid());
        fields.put("DialCallDuration", Long.toString(leg.talkTime().toSeconds()));
        fields.put("DialBridged", Boolean.toString(bridged));
        return fields;
    }
}
