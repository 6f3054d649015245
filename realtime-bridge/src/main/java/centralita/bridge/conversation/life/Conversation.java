package centralita.bridge.conversation.life;

import centralita.contracts.call.EndReason;
import centralita.contracts.call.Tokens;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one conversation stands.
 *
 * @param jotted what the journal has of the answers that are being heard
 * @param doubt whether the caller's last sound was meant; null: nobody doubts anything
 * @param preparedMs when the order to prepare came
 * @param startedMs when the caller first came; -1 before
 * @param quietSinceMs since when nobody speaks, plays or works; -1 when somebody does
 * @param silencePrompts how often the assistant has asked whether the caller is there, since he last spoke
 * @param release whether another bridge waits to take the call over
 */
public record Conversation(
        Setup setup,
        Stage stage,
        Line line,
        ModelLink model,
        Floor floor,
        Playback playback,
        Turns turns,
        Tools tools,
        Keys keys,
        Tally tally,
        Sound sound,
        Jotted jotted,
        @Nullable Doubt doubt,
        long preparedMs,
        long startedMs,
        long quietSinceMs,
        int silencePrompts,
        Release release) {

    /** What the conversation is about to do. Only {@link Over} is final. */
    public sealed interface Stage {
        /** Prepared; the caller is not here yet. @param warm whether another bridge serves him until he comes */
        record Waiting(long sinceMs, boolean warm) implements Stage {}

        record Talking() implements Stage {}

        /** @param hangUpSent whether the last words are said and the gateway was told to end the call */
        record Leaving(EndReason reason, long untilMs, boolean hangUpSent) implements Stage {}

        record Over(EndReason reason) implements Stage {}
    }

    /**
     * The caller's side.
     *
     * @param lostSinceMs -1 when it is not lost
     * @param cut whether the caller lost words of the assistant with it
     */
    record Line(boolean here, long lostSinceMs, boolean cut, long epoch) {
        static final Line NOT_YET = new Line(false, -1, false, 0);
    }

    /**
     * @param pending calls that were not answered yet
     * @param seen ids of all calls, so that a repeated one runs once
     * @param thisTurn calls since the caller last spoke
     * @param endsCall whether one of the pending ones ends the call
     * @param spoke whether the model spoke with the calls
     */
    record Tools(List<Pending> pending, Set<String> seen, int thisTurn, boolean endsCall, boolean spoke) {
        static final Tools NONE = new Tools(List.of(), Set.of(), 0, false, false);

        record Pending(Input.FunctionCall call, int session, long sinceMs) {}
    }

    /** Keys that the caller has pressed and the model was not told of. */
    record Keys(String digits, long lastMs) {
        static final Keys NONE = new Keys("", 0);
    }

    /**
     * As far as this bridge served the call.
     *
     * @param tokens of all kinds
     * @param before what the call had used with others
     */
    record Tally(int turns, int bargeIns, int toolCalls, long tokens, JournalEntry.Used before) {
        static final Tally ZERO = new Tally(0, 0, 0, 0, JournalEntry.Used.NOTHING);

        Tally withTurn() {
            return new Tally(turns + 1, bargeIns, toolCalls, tokens, before);
        }

        Tally withBargeIn() {
            return new Tally(turns, bargeIns + 1, toolCalls, tokens, before);
        }

        Tally withToolCall() {
            return new Tally(turns, bargeIns, toolCalls + 1, tokens, before);
        }

        Tally with(Tokens used) {
            return new Tally(
                    turns,
                    bargeIns,
                    toolCalls,
                    tokens + used.textIn() + used.audioIn() + used.textOut() + used.audioOut(),
                    before);
        }

        Tally after(JournalEntry.Used others) {
            return new Tally(turns, bargeIns, toolCalls, tokens, others);
        }

        /** By the whole call: this is what limits are about. */
        JournalEntry.Used ofTheCall() {
            return new JournalEntry.Used(before.toolCalls() + toolCalls, before.tokens() + tokens);
        }
    }

    /**
     * @param byMs when it is let go in mid-turn
     * @param forced whether that time has come: nothing new is said
     * @param order number of the last order to complete the journal
     * @param completing whether that is under way
     * @param owed whether the assistant was stopped in what it said
     * @param notBeforeMs no other try before
     */
    record Release(
            boolean wanted, long byMs, boolean forced, int order, boolean completing, boolean owed, long notBeforeMs) {
        static final Release NONE = new Release(false, 0, false, 0, false, false, 0);

        Release asForced(boolean nowOwed) {
            return new Release(wanted, byMs, true, order, completing, nowOwed, notBeforeMs);
        }

        Release asCompleting() {
            return new Release(wanted, byMs, forced, order + 1, true, owed, notBeforeMs);
        }

        Release asCompleted(long nextNotBeforeMs) {
            return new Release(wanted, byMs, forced, order, false, owed, nextNotBeforeMs);
        }

        /** It could not be let go: the assistant may speak again, and is left in peace for a while. */
        Release asStaying(long nextNotBeforeMs, long nextByMs) {
            return new Release(wanted, nextByMs, false, order, false, false, nextNotBeforeMs);
        }
    }

    /** A call that will come; its model session is being opened. */
    public static Conversation prepared(Setup setup, long nowMs) {
        return waiting(setup, nowMs, false);
    }

    /** A call that another bridge serves and may give to this one; the model session is being opened. */
    public static Conversation warmed(Setup setup, long nowMs) {
        return waiting(setup, nowMs, true);
    }

    private static Conversation waiting(Setup setup, long nowMs, boolean warm) {
        return new Conversation(
                setup,
                new Stage.Waiting(nowMs, warm),
                Line.NOT_YET,
                ModelLink.opening(nowMs),
                Floor.FREE,
                Playback.EMPTY,
                Turns.NONE,
                Tools.NONE,
                Keys.NONE,
                Tally.ZERO,
                Sound.NONE,
                Jotted.NOTHING,
                null,
                nowMs,
                -1,
                -1,
                0,
                Release.NONE);
    }

    /** Why it ended; null while it lives. */
    public @Nullable EndReason ended() {
        return stage instanceof Stage.Over(var reason) ? reason : null;
    }

    public boolean attached() {
        return line.here();
    }

    /** Whether the model session is configured. */
    public boolean modelReady() {
        return model.ready();
    }

    /** Whether there will be no model session. */
    public boolean modelFailed() {
        return model.failed();
    }

    /** Whether another bridge waits to take the call over. */
    public boolean handingOver() {
        return release.wanted();
    }

    /** Whether it could change bridges now and nobody would notice. */
    public boolean atRest(long nowMs) {
        return HandOver.atRest(new Step(this, nowMs));
    }

    /** Whether an item's story is not over yet. */
    public boolean plays(String itemId) {
        return playback.byId(itemId) != null;
    }

    /** Whether audio that was sent to the caller may be wanted again. */
    public boolean resumesInterruptions() {
        return setup.resumesInterruptions();
    }

    /**
     * From where on the model session's time line the caller has said what another session may need to hear: what was not
     * answered, and what was not written down and is not old; -1: nowhere.
     */
    public long neededFromMs(long nowMs) {
        return turns.neededFromMs(WrittenLate.notBeforeMs(nowMs - startedMs));
    }

    /** Whether the caller's audio is of use to the model now. */
    public boolean listening() {
        return model.ready() && line.here() && ended() == null;
    }

    /** Whether the model hears the caller speak: if his audio stops now, the end of his speech is never found. */
    public boolean callerSpeaking() {
        return floor.callerSpeaking();
    }
}
