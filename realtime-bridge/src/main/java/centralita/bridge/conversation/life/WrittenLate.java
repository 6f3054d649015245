package centralita.bridge.conversation.life;

/**
 * What the caller said is written down some time after it was answered. When the session that is to do it is left before,
 * nobody else can, and the next one would know the answer without the question: it gets his own voice in place of the text.
 */
final class WrittenLate {
    /** What has no text by then will have none: its provider does not transcribe. */
    private static final long GIVEN_UP_MS = 10_000;

    private WrittenLate() {}

    /** @param sinceStartMs of the conversation @return what the caller began to say before that is given up */
    static long notBeforeMs(long sinceStartMs) {
        return sinceStartMs - GIVEN_UP_MS;
    }

    /** Whether everything that was answered is written down, or given up. */
    static boolean nothing(Step step) {
        return step.turns.answeredWithoutText(notBeforeMs(step.sinceStartMs())).isEmpty();
    }

    /** The session that serves is about to be left. */
    static void recall(Step step) {
        for (var item : step.turns.answeredWithoutText(notBeforeMs(step.sinceStartMs()))) {
            step.then(new Effect.Recall(item.itemId(), item.fromMs(), item.toMs()));
        }
        step.turns = step.turns.leftWhatWasAnswered();
    }
}
