package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Keys;
import centralita.bridge.conversation.life.Conversation.Line;
import centralita.bridge.conversation.life.Conversation.Release;
import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.Conversation.Tally;
import centralita.bridge.conversation.life.Conversation.Tools;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision in the making: the parts of the state, each replaced by whoever it belongs to, and the effects in order.
 * Lives as long as one call of {@link ConversationLife#decide}; nothing outside sees it.
 */
final class Step {
    final Setup setup;
    final long nowMs;
    final long preparedMs;
    Stage stage;
    Line line;
    ModelLink model;
    Floor floor;
    Playback playback;
    Turns turns;
    Tools tools;
    Keys keys;
    Tally tally;
    Sound sound;
    Jotted jotted;

    @Nullable
    Doubt doubt;

    long startedMs;
    long quietSinceMs;
    int silencePrompts;
    Release release;
    private final List<Effect> effects = new ArrayList<>();

    Step(Conversation from, long nowMs) {
        this.setup = from.setup();
        this.nowMs = nowMs;
        this.stage = from.stage();
        this.line = from.line();
        this.model = from.model();
        this.floor = from.floor();
        this.playback = from.playback();
        this.turns = from.turns();
        this.tools = from.tools();
        this.keys = from.keys();
        this.tally = from.tally();
        this.sound = from.sound();
        this.jotted = from.jotted();
        this.doubt = from.doubt();
        this.preparedMs = from.preparedMs();
        this.startedMs = from.startedMs();
        this.quietSinceMs = from.quietSinceMs();
        this.silencePrompts = from.silencePrompts();
        this.release = from.release();
    }

    void then(Effect effect) {
        effects.add(effect);
    }

    boolean over() {
        return stage instanceof Stage.Over;
    }

    /** Whether the last words are said: what the model makes now is not for the caller. */
    boolean saidGoodbye() {
        return stage instanceof Stage.Leaving leaving && leaving.hangUpSent();
    }

    /** Milliseconds since the caller came; 0 before. */
    long sinceStartMs() {
        return startedMs < 0 ? 0 : nowMs - startedMs;
    }

    Decision done() {
        var to = new Conversation(
                setup,
                stage,
                line,
                model,
                floor,
                playback,
                turns,
                tools,
                keys,
                tally,
                sound,
                jotted,
                doubt,
                preparedMs,
                startedMs,
                quietSinceMs,
                silencePrompts,
                release);
        return new Decision(to, List.copyOf(effects));
    }
}
