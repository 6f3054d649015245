package centralita.bridge.conversation.life;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the assistant that are not over, and what the caller said that is not transcribed.
 *
 * @param last the number of the last turn that began; the caller's next words belong to the one after it
 * @param open responses that were begun and whose end was not heard
 * @param callerItems the caller's words that wait for their text; the oldest are forgotten
 * @param done the last responses that are over, so that a repeated end counts once
 */
record Turns(int last, List<Open> open, List<CallerItem> callerItems, List<String> done) {
    static final Turns NONE = new Turns(0, List.of(), List.of(), List.of());
    private static final int KEPT = 32;
    private static final long NOWHERE = -1;

    /**
     * @param turn 0 until it has audio
     * @param fromMs the moment from which its latency counts
     * @param firstAudioMs since then; null while there is none
     * @param generated whether the model is done with it
     */
    record Open(
            String responseId,
            int turn,
            Trigger trigger,
            long callerSpeechMs,
            long fromMs,
            @Nullable Long firstAudioMs,
            long audioMs,
            long heardMs,
            boolean interrupted,
            boolean generated) {
        Open begun(int newTurn, long nowMs) {
            return new Open(
                    responseId,
                    newTurn,
                    trigger,
                    callerSpeechMs,
                    fromMs,
                    Math.max(0, nowMs - fromMs),
                    audioMs,
                    heardMs,
                    interrupted,
                    generated);
        }

        Open settled(long itemAudioMs, long itemHeardMs, boolean itemCut) {
            return new Open(
                    responseId,
                    turn,
                    trigger,
                    callerSpeechMs,
                    fromMs,
                    firstAudioMs,
                    audioMs + itemAudioMs,
                    heardMs + itemHeardMs,
                    interrupted || itemCut,
                    generated);
        }

        Open over() {
            return new Open(
                    responseId,
                    turn,
                    trigger,
                    callerSpeechMs,
                    fromMs,
                    firstAudioMs,
                    audioMs,
                    heardMs,
                    interrupted,
                    true);
        }
    }

    /**
     * @param startMs since the conversation's start
     * @param fromMs on the time line of the model session that hears it; -1 when that session is left
     * @param toMs on the same; -1 while he speaks
     * @param until where it ended in the caller's stream; null while nobody knows
     * @param heardAgain whether that session was given it once more and has not said yet that it hears it
     * @param actedOn whether a function was called because of it
     */
    record CallerItem(
            String itemId,
            int turn,
            long startMs,
            long fromMs,
            long toMs,
            @Nullable StreamTime until,
            boolean heardAgain,
            boolean actedOn) {
        /** When he had said it, since the conversation's start. */
        private long spokenMs() {
            return startMs + toMs - fromMs;
        }

        private boolean isBeingSpoken() {
            return fromMs >= 0 && toMs < 0;
        }

        CallerItem ended(long endMs, @Nullable StreamTime at) {
            return new CallerItem(itemId, turn, startMs, fromMs, endMs, at, heardAgain, actedOn);
        }

        CallerItem asActedOn() {
            return new CallerItem(itemId, turn, startMs, fromMs, toMs, until, heardAgain, true);
        }

        CallerItem hearingAgain() {
            return new CallerItem(itemId, turn, startMs, 0, NOWHERE, null, true, actedOn);
        }

        CallerItem left() {
            return new CallerItem(itemId, turn, startMs, NOWHERE, NOWHERE, until, heardAgain, actedOn);
        }
    }

    @Nullable
    Open of(String responseId) {
        for (var turn : open) {
            if (turn.responseId().equals(responseId)) {
                return turn;
            }
        }
        return null;
    }

    Turns with(Open changed) {
        var next = new ArrayList<>(open);
        next.removeIf(turn -> turn.responseId().equals(changed.responseId()));
        next.add(changed);
        return new Turns(Math.max(last, changed.turn()), bounded(next), callerItems, done);
    }

    Turns without(String responseId) {
        var next = open.stream()
                .filter(turn -> !turn.responseId().equals(responseId))
                .toList();
        return new Turns(last, next, callerItems, done);
    }

    Turns spoken(CallerItem item) {
        var next = new ArrayList<>(callerItems);
        next.add(item);
        return new Turns(last, open, bounded(next), done);
    }

    @Nullable
    CallerItem callerItem(String itemId) {
        for (var item : callerItems) {
            if (item.itemId().equals(itemId)) {
                return item;
            }
        }
        return null;
    }

    /** Where his words ended. */
    Turns until(String itemId, long toMs, @Nullable StreamTime until) {
        return withCallerItems(callerItems.stream()
                .map(item -> item.itemId().equals(itemId) ? item.ended(toMs, until) : item)
                .toList());
    }

    /** From where on the caller said what was neither answered nor written down; -1: nowhere. */
    long unansweredFromMs() {
        var fromMs = NOWHERE;
        for (var item : callerItems) {
            if (isUnanswered(item) && (fromMs < 0 || item.fromMs() < fromMs)) {
                fromMs = item.fromMs();
            }
        }
        return fromMs;
    }

    boolean isUnanswered(CallerItem item) {
        return item.turn() > last && item.fromMs() >= 0 && !item.actedOn();
    }

    /**
     * What the caller said that was answered, and whose text is still to come.
     *
     * @param notBeforeMs since the conversation's start; what he had said before that has no text, it seems
     */
    List<CallerItem> answeredWithoutText(long notBeforeMs) {
        return callerItems.stream()
                .filter(item -> !isUnanswered(item) && isToBeWritten(item, notBeforeMs))
                .toList();
    }

    private static boolean isToBeWritten(CallerItem item, long notBeforeMs) {
        return item.fromMs() >= 0 && item.toMs() >= 0 && item.spokenMs() >= notBeforeMs;
    }

    /** From where on another session may need to hear him; -1: nowhere. @param notBeforeMs as for {@link #answeredWithoutText} */
    long neededFromMs(long notBeforeMs) {
        var fromMs = NOWHERE;
        for (var item : callerItems) {
            var needed = isUnanswered(item) || item.isBeingSpoken() || isToBeWritten(item, notBeforeMs);
            if (needed && (fromMs < 0 || item.fromMs() < fromMs)) {
                fromMs = item.fromMs();
            }
        }
        return fromMs;
    }

    /** A function was called because of them: who hears them again would call it again. @param speaking whether he says more */
    Turns actedOn(boolean speaking) {
        return withCallerItems(callerItems.stream()
                .map(item -> speaking && item.isBeingSpoken() ? item : item.asActedOn())
                .toList());
    }

    /** The next model session hears it all again, from its beginning. */
    Turns hearingAgain() {
        return withCallerItems(callerItems.stream()
                .filter(this::isUnanswered)
                .map(CallerItem::hearingAgain)
                .toList());
    }

    /** Whether a session is to hear, for the second time, what nobody has answered. */
    boolean hearsAgain() {
        return callerItems.stream().anyMatch(CallerItem::heardAgain);
    }

    /** The session that heard what was answered is left. */
    Turns leftWhatWasAnswered() {
        return withCallerItems(callerItems.stream()
                .map(item -> isUnanswered(item) ? item : item.left())
                .toList());
    }

    /** A session hears him: what it was given once more has another name now. */
    Turns withoutHeardAgain() {
        return withCallerItems(
                callerItems.stream().filter(item -> !item.heardAgain()).toList());
    }

    private Turns withCallerItems(List<CallerItem> next) {
        return new Turns(last, open, next, done);
    }

    Turns transcribed(String itemId) {
        var next = callerItems.stream()
                .filter(item -> !item.itemId().equals(itemId))
                .toList();
        return new Turns(last, open, next, done);
    }

    /** The session that heard them is left: the text of words that were answered, or acted on, will not come any more. */
    Turns withoutAnsweredWords() {
        return withCallerItems(callerItems.stream().filter(this::isUnanswered).toList());
    }

    Turns doneWith(String responseId) {
        var next = new ArrayList<>(done);
        next.add(responseId);
        return new Turns(last, open, callerItems, bounded(next));
    }

    private static <T> List<T> bounded(ArrayList<T> list) {
        while (list.size() > KEPT) {
            list.removeFirst();
        }
        return List.copyOf(list);
    }
}
