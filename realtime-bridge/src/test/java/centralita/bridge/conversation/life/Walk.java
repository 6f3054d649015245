package centralita.bridge.conversation.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One conversation under test: inputs in, effects out, on a clock that the test moves. */
final class Walk {
    static final Setup.Limits LIMITS = new Setup.Limits(600_000, 8_000, 2, 3, 6, 0);
    static final Set<String> TOOLS = Set.of("get_current_time", "end_call");
    static final Setup SETUP = with(LIMITS);

    private final List<Effect> all = new ArrayList<>();
    private Conversation state;
    private long nowMs;
    private List<Effect> last = List.of();

    static Setup with(Setup.Limits limits) {
        return setup("b1", limits, false);
    }

    /** Of a bridge that goes on with a call which another one began. */
    static Setup takenOver() {
        return setup("b2", LIMITS, true);
    }

    private static Setup setup(String bridgeId, Setup.Limits limits, boolean resumed) {
        return new Setup(
                bridgeId,
                Setup.ModelCare.USUAL,
                "marin",
                "Be brief.",
                "Greet.",
                "en-US",
                limits,
                Setup.Patience.USUAL,
                resumed,
                TOOLS);
    }

    Walk(Setup setup) {
        state = Conversation.prepared(setup, 0);
    }

    /** Another bridge serves the call; this one is to be ready. */
    static Walk warmed() {
        var walk = new Walk(SETUP);
        walk.state = Conversation.warmed(SETUP, 0);
        return walk;
    }

    /** Prepared, model ready, caller attached, greeting asked for. */
    static Walk talking() {
        return talking(session("sess_1", "gpt-realtime-2.1"));
    }

    private static Walk talking(ModelSession session) {
        var walk = new Walk(SETUP);
        walk.on(at -> new Input.ModelReady(at, session, false, false));
        walk.on(at -> new Input.Attached(at, 1, 5));
        return walk;
    }

    /** As {@link #talking}, and the greeting (1,000 ms) was heard to its end. */
    static Walk greeted() {
        return greeted(talking());
    }

    /** As {@link #greeted}, and nobody will write down what the caller says. */
    static Walk greetedUnwritten() {
        return greeted(talking(unwritten("sess_1")));
    }

    private static Walk greeted(Walk walk) {
        walk.says("resp_g", "item_g", 1_000);
        walk.on(at -> new Input.Heard(at, 1, 1_000, true));
        walk.forget();
        return walk;
    }

    static ModelSession session(String sessionId, String model) {
        return new ModelSession(sessionId, "openai", model, true, 0);
    }

    static ModelSession unwritten(String sessionId) {
        return new ModelSession(sessionId, "azure", "our-deployment", false, 0);
    }

    Walk later(long ms) {
        nowMs += ms;
        return this;
    }

    List<Effect> on(Function<Long, Input> input) {
        var decision = ConversationLife.decide(state, input.apply(nowMs));
        state = decision.to();
        last = decision.effects();
        all.addAll(last);
        return last;
    }

    List<Effect> tick() {
        return on(Input.Tick::new);
    }

    /** The model makes a whole response of one item, faster than real time. */
    void says(String responseId, String itemId, long ms) {
        begins(responseId, itemId, ms);
        ends(responseId, itemId);
    }

    void begins(String responseId, String itemId, long ms) {
        on(at -> new Input.ResponseCreated(at, responseId));
        on(at -> new Input.ItemAdded(at, responseId, itemId));
        on(at -> new Input.AudioStarted(at, responseId, itemId));
        on(at -> new Input.ItemGrew(at, itemId, ms, "one two three four five six seven eight"));
    }

    void ends(String responseId, String itemId) {
        on(at -> new Input.AudioEnded(at, itemId));
        on(at -> new Input.TextEnded(at, itemId, "one two three four five six seven eight"));
        done(responseId, Input.Status.COMPLETED);
    }

    List<Effect> done(String responseId, Input.Status status, Input.FunctionCall... calls) {
        return on(at -> new Input.ResponseDone(at, responseId, status, null, List.of(calls), "m", null));
    }

    void callerSpeaks(String itemId) {
        on(at -> new Input.SpeechStarted(at, itemId, nowMs));
    }

    void callerStops(String itemId) {
        on(at -> new Input.SpeechStopped(at, itemId, nowMs));
        on(at -> new Input.SpeechCommitted(at, itemId));
    }

    Conversation state() {
        return state;
    }

    void forget() {
        all.clear();
    }

    <T extends Effect> List<T> all(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T> List<T> facts(Class<T> kind) {
        return all(Effect.Publish.class).stream()
                .map(Effect.Publish::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    <T> List<T> transcripts(Class<T> kind) {
        return all(Effect.Transcribe.class).stream()
                .map(Effect.Transcribe::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
