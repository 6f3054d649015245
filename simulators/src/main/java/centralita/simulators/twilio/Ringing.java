package centralita.simulators.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** From dialling to an answer, or to the reason why there is none. */
final class Ringing {
    private static final int CARRIER_ANSWER_MS = 100;

    private Ringing() {}

    /** @return true when somebody picked up; false when the leg is over */
    static Future<Boolean> ring(LiveCall leg, Callee callee, Duration timeout) {
        var answered = Promise.<Boolean>promise();
        leg.ended().onComplete(over -> answered.tryComplete(false));
        leg.progress(CallStatus.INITIATED);
        switch (callee) {
            case Callee.Busy() -> endAfter(leg, CARRIER_ANSWER_MS, CallStatus.BUSY, 486);
            case Callee.Fails(var sipCode) -> endAfter(leg, CARRIER_ANSWER_MS, CallStatus.FAILED, sipCode);
            case Callee.NoAnswer() -> {
                leg.progress(CallStatus.RINGING);
                endAfter(leg, timeout.toMillis(), CallStatus.NO_ANSWER, 487);
            }
            case Callee.Answers(var ringing, var answeredBy, var handset) -> {
                leg.progress(CallStatus.RINGING);
                if (ringing.compareTo(timeout) > 0) {
                    endAfter(leg, timeout.toMillis(), CallStatus.NO_ANSWER, 487);
                } else {
                    leg.exchange().vertx().setTimer(Math.max(1, ringing.toMillis()), timer -> {
                        leg.answer();
                        answered.tryComplete(!leg.status().over());
                    });
                }
            }
        }
        return answered.future();
    }

    private static void endAfter(LiveCall leg, long millis, CallStatus how, int sipCode) {
        leg.exchange()
                .vertx()
                .setTimer(Math.max(1, millis), timer -> leg.end(how, CallReport.EndedBy.NETWORK, sipCode));
    }

    static Handset handsetOf(Callee callee) {
        return callee instanceof Callee.Answers answers ? answers.handset() : Handset.mute();
    }
}
