package centralita.simulators.model;

import centralita.simulators.model.protocol.Item;
import centralita.simulators.model.protocol.Refusal;
import centralita.simulators.model.protocol.TokenUsage;
import centralita.simulators.model.scenario.Answers;
import centralita.simulators.model.scenario.Fault;
import centralita.simulators.model.scenario.Reply;
import centralita.simulators.model.scenario.Situation;
import centralita.simulators.model.scenario.Situation.Trigger;
import centralita.simulators.model.scenario.Understanding;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The responses of a session: at most one that belongs to the conversation, and up to 16 beside it.
 */
final class Responses {
    private static final int MOST_OUT_OF_BAND = 16;

    private final Live live;
    private final Map<String, ResponseInTheMaking> outOfBand = new LinkedHashMap<>();
    private @Nullable ResponseInTheMaking active;
    private boolean turnWaits;
    private boolean parroting;
    private int started;
    private LongConsumer whenAnswered = _ -> {};

    Responses(Live live) {
        this.live = live;
    }

    /** @param listener gets, after every response of the conversation, how many ms of it are still to be heard */
    void whenAnswered(LongConsumer listener) {
        whenAnswered = listener;
    }

    /** @return whether a response of the conversation is being made */
    boolean speaking() {
        return active != null;
    }

    /**
     * @param own the {@code response} object of the client, or null
     * @throws Refusal when the conversation has an active response, or too many run beside it
     */
    void createByClient(@Nullable JsonNode own) {
        var request = ResponseRequest.of(live.settings, own);
        if (request.outOfBand()) {
            if (outOfBand.size() >= MOST_OUT_OF_BAND) {
                throw new Refusal("rate_limit_exceeded", null, "Too many responses run at the same time.");
            }
            create(request, new Trigger.OutOfBand(request.purpose()));
            return;
        }
        if (active != null) {
            throw new Refusal(
                    "conversation_already_has_active_response",
                    null,
                    "Conversation already has an active response in progress: %s. Wait until the response is finished before creating a new one."
                            .formatted(active.id()));
        }
        if (live.parrot) {
            startParrot();
            return;
        }
        create(request, Understanding.trigger(live.conversation));
    }

    /** Answers a turn of the caller now, or as soon as the running response has ended. */
    void createForTurn(@Nullable Trigger trigger) {
        if (active != null) {
            turnWaits = true;
            return;
        }
        create(
                ResponseRequest.of(live.settings, null),
                trigger == null ? Understanding.trigger(live.conversation) : trigger);
    }

    private void create(ResponseRequest request, Trigger trigger) {
        int number = request.outOfBand() ? -1 : ++started;
        var reply = Answers.decide(live.scenario(), situation(request, trigger));
        var response = new ResponseInTheMaking(live, this, request, reply, input(request), fault(number));
        if (request.outOfBand()) {
            outOfBand.put(response.id(), response);
        } else {
            active = response;
        }
        response.begin();
    }

    private Situation situation(ResponseRequest request, Trigger trigger) {
        return new Situation(
                trigger,
                Understanding.language(live.conversation, live.settings, request.instructions()),
                request.functions(),
                request.mustCall(),
                request.instructions(),
                Understanding.codeWordKnown(live.conversation),
                Understanding.toldTime(live.conversation),
                LocalTime.now(ZoneOffset.UTC));
    }

    private TokenUsage input(ResponseRequest request) {
        int fixed = request.settings().json().path("tools").toString().length()
                + (request.instructions().isEmpty() ? request.settings().instructions() : request.instructions())
                        .length();
        Collection<Item> context = live.conversation.items();
        if (request.own().has("input")) {
            fixed += request.own().get("input").toString().length();
            context = List.of();
        }
        var input = TokenUsage.ofInput(fixed, context, live.cached);
        if (!request.outOfBand()) {
            live.cached = input;
        }
        return input;
    }

    private @Nullable Fault fault(int number) {
        if (number < 0) {
            return null;
        }
        var asked = live.faults.takeForResponse();
        if (asked != null) {
            return asked;
        }
        return live.scenario().faults().stream()
                .filter(fault -> fault.concerns(number))
                .findFirst()
                .orElse(null);
    }

    /** The caller has begun to speak. */
    void interrupt() {
        if (active != null) {
            active.end(ResponseEnding.TURN_DETECTED);
        }
    }

    /** @throws Refusal when there is nothing to cancel */
    void cancel(@Nullable String responseId) {
        var response = responseId == null || active != null && active.id().equals(responseId)
                ? active
                : outOfBand.get(responseId);
        if (response == null) {
            throw new Refusal("response_cancel_not_active", null, "Cancellation failed: no active response found");
        }
        response.end(ResponseEnding.CLIENT_CANCELLED);
    }

    /** The caller's audio comes back, byte for byte where both formats are the same. */
    void parrot(byte[] audio) {
        if (active == null) {
            startParrot();
        }
        if (active != null && parroting) {
            var settings = live.settings;
            if (settings.input() == settings.output()) {
                active.feed(audio);
            } else {
                var mulaw = settings.input().toMulaw(audio);
                active.feed(settings.output().fromMulaw(mulaw, 0, mulaw.length));
            }
        }
    }

    private void startParrot() {
        parroting = true;
        started++;
        var request = ResponseRequest.of(live.settings, null);
        var response = new ResponseInTheMaking(live, this, request, new Reply(List.of(), true), input(request), null);
        active = response;
        response.beginOpenEnded();
    }

    void ended(ResponseInTheMaking response, ResponseEnding ending) {
        if (response != active) {
            outOfBand.remove(response.id());
            return;
        }
        active = null;
        parroting = false;
        if (response.reply().parrotAfterwards() && ending.equals(ResponseEnding.COMPLETED)) {
            live.parrot = true;
        }
        whenAnswered.accept(response.playbackLeftMs());
        if (turnWaits && !live.parrot) {
            turnWaits = false;
            createForTurn(null);
        }
    }

    /** The socket has ended. */
    void abandon() {
        var all = new ArrayList<>(outOfBand.values());
        if (active != null) {
            all.add(active);
        }
        all.forEach(ResponseInTheMaking::abandon);
        outOfBand.clear();
        active = null;
    }
}
