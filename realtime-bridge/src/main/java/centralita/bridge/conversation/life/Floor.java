package centralita.bridge.conversation.life;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks and who may speak next. At most one response is asked for or running.
 *
 * @param waiting what the assistant is to say when the floor is free, in order
 * @param asked sent to the model, which has not begun yet
 * @param running what the model is generating
 * @param callerSpeaking as the model hears it
 * @param speechFromMs where his speech began, on the model's time line
 * @param speechMs length of his last speech
 * @param owedSinceMs since when the model owes an answer that it makes by itself; -1: it owes none
 * @param asks how many were sent; makes their ids
 */
record Floor(
        List<Ask> waiting,
        @Nullable Asked asked,
        @Nullable Running running,
        boolean callerSpeaking,
        long speechFromMs,
        long speechMs,
        long owedSinceMs,
        int asks) {
    static final Floor FREE = new Floor(List.of(), null, null, false, 0, 0, -1, 0);

    /**
     * A wish to have the assistant speak.
     *
     * @param instructions in place of the session's; null: the session's
     * @param farewell whether the call ends after it
     * @param tries how often it has failed
     */
    record Ask(Trigger trigger, @Nullable String instructions, boolean farewell, int tries, long notBeforeMs) {
        static Ask of(Trigger trigger, @Nullable String instructions) {
            return new Ask(trigger, instructions, false, 0, 0);
        }

        Ask again(long notBefore) {
            return new Ask(trigger, instructions, farewell, tries + 1, notBefore);
        }
    }

    record Asked(Ask ask, String eventId, long sinceMs) {}

    /**
     * @param eventId of the ask that made it; null when the model spoke by itself
     * @param spoke whether any of its audio went to the caller
     */
    record Running(String responseId, Ask ask, @Nullable String eventId, boolean spoke) {}

    boolean quiet() {
        return waiting.isEmpty() && asked == null && running == null && !callerSpeaking && owedSinceMs < 0;
    }

    boolean free() {
        return asked == null && running == null && !callerSpeaking && owedSinceMs < 0;
    }

    /** One wish of a kind is enough; a farewell makes every other one pointless. */
    Floor want(Ask ask) {
        if (ask.farewell()) {
            return withWaiting(List.of(ask));
        }
        if (waiting.stream().anyMatch(other -> other.farewell() || other.trigger() == ask.trigger())) {
            return this;
        }
        var more = new ArrayList<>(waiting);
        more.add(ask);
        return withWaiting(List.copyOf(more));
    }

    /** Puts a failed ask back in front. */
    Floor wantFirst(Ask ask) {
        if (waiting.stream().anyMatch(other -> other.farewell() || other.trigger() == ask.trigger())) {
            return this;
        }
        var more = new ArrayList<Ask>();
        more.add(ask);
        more.addAll(waiting);
        return withWaiting(List.copyOf(more));
    }

    /** What the model says now answers these as well. */
    Floor answered(Trigger trigger) {
        return withWaiting(waiting.stream()
                .filter(ask -> ask.farewell() || ask.trigger() != trigger)
                .toList());
    }

    Floor withWaiting(List<Ask> next) {
        return new Floor(next, asked, running, callerSpeaking, speechFromMs, speechMs, owedSinceMs, asks);
    }

    /** The first wish is sent. */
    Floor sent(Asked next) {
        var rest = List.copyOf(waiting.subList(1, waiting.size()));
        return new Floor(rest, next, running, callerSpeaking, speechFromMs, speechMs, owedSinceMs, asks + 1);
    }

    Floor withoutAsked() {
        return new Floor(waiting, null, running, callerSpeaking, speechFromMs, speechMs, owedSinceMs, asks);
    }

    /** The model has begun: nothing is asked or owed any more. */
    Floor begun(Running next) {
        return new Floor(waiting, null, next, callerSpeaking, speechFromMs, speechMs, -1, asks);
    }

    Floor withRunning(@Nullable Running next) {
        return new Floor(waiting, asked, next, callerSpeaking, speechFromMs, speechMs, owedSinceMs, asks);
    }

    Floor speaking(long fromMs) {
        return new Floor(waiting, asked, running, true, fromMs, 0, -1, asks);
    }

    Floor stoppedSpeaking(long toMs, long nowMs) {
        var length = Math.max(0, toMs - speechFromMs);
        return new Floor(waiting, asked, running, false, speechFromMs, length, nowMs, asks);
    }

    Floor owed(long sinceMs) {
        return new Floor(waiting, asked, running, callerSpeaking, speechFromMs, speechMs, sinceMs, asks);
    }

    /** Whether last words are to be made that the model has not begun. */
    boolean farewellToCome() {
        return waiting.stream().anyMatch(Ask::farewell)
                || asked != null && asked.ask().farewell();
    }

    /** Whether last words are to be made, or are being made. */
    boolean owesFarewell() {
        return farewellToCome() || running != null && running.ask().farewell();
    }

    /** A new model session knows nothing of what was going on. */
    Floor reset() {
        return new Floor(waiting, null, null, false, 0, speechMs, -1, asks);
    }
}
