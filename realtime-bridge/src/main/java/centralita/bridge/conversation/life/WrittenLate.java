package centralita.bridge.conversation.life;

/**
 * What the caller said is written down some time after it was answered. When the session that is to do it is left before,
 * nobody else can, and the next one would know the answer without the question: it gets his own voice in place of the text.
 */
final class WrittenLate {
    /** What has no text by then will have none: its provider does not transcribe. */
    private static final long GIVEN_UP_MS = 10_000;

    private WrittenLate() {}

    /** @param sinceStartMs of the conversation @return what the caller had said before that is given up */
    static long notBeforeMs(long sinceStartMs) {
        return sinceStartMs - GIVEN_UP_MS;
    }

    /** Whether everything that was answered is written down, or given up, or nobody writes it down. */
    static boolean nothing(Step step) {
        return !step.model.current().transcribes()
                || step.turns
                        .answeredWithoutText(notBeforeMs(step.sinceStartMs()))
                        .isEmpty();
    }

    /** Nobody can write it down: it is remembered as it sounded. */
    static void failed(Step step, Turns.CallerItem item) {
        if (item.fromMs() >= 0 && item.toMs() >= 0) {
            step.then(new Effect.Recall(item.itemId(), item.fromMs(), item.toMs()));
        }
    }

    /** The session that serves is left at a boundary: what nobody has answered by now needs no answer. */
    static void recallAll(Step step) {
        step.turns = step.turns.actedOn(false);
        recall(step);
    }

    /** The session that serves is about to be left. */
    static void recall(Step step) {
        for (var item : step.turns.answeredWithoutText(notBeforeMs(step.sinceStartMs()))) {
            step.then(new Effect.Recall(item.itemId(), item.fromMs(), item.toMs()));
        }
        step.turns = step.turns.leftWhatWasAnswered();
    }
}
