package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import centralita.gateway.admission.Admissions;
import centralita.gateway.ladder.Line;
import centralita.gateway.ladder.Situation;
import centralita.gateway.ladder.SpokenLanguage;
import centralita.gateway.ladder.Step;
import centralita.livestate.LiveCall;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call on the ladder, as it stands. Changed by the ladder only, on the event loop. */
final class Climber {
    final LiveCall call;
    final AssistantProfile assistant;
    final Situation situation;

    /** What the caller was told last. */
    Answer.Climb last;
    /** What he is being told, which a repeated webhook is told as well. */
    Future<Answer> answer;
    /** Whether his callback is booked; null when none was asked for. */
    @Nullable
    Future<Boolean> booking;
    /** Whether the caller talks with a person. */
    boolean withPeople;
    /** Ends the call when the provider asks for nothing more. */
    long timer = -1;

    /** At the foot of the ladder. */
    Climber(LiveCall call, AssistantProfile assistant, Situation situation) {
        this.call = call;
        this.assistant = assistant;
        this.situation = situation;
        this.last = new Answer.Climb(
                call.callId(),
                situation,
                new Step(0, new Step.Doing.SayGoodbye()),
                List.of(),
                SpokenLanguage.of(assistant.language()));
        this.answer = Future.succeededFuture(last);
    }

    /** The caller is at this step now. @param before what is said first; may be empty */
    void stand(Step step, List<Line> before) {
        last = new Answer.Climb(call.callId(), situation, step, before, last.language());
        answer = Future.succeededFuture(last);
    }

    Admissions.Asking asking() {
        return new Admissions.Asking(call.callSid(), call.direction(), call.theirs(), assistant);
    }
}
