package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Floor.Ask;
import centralita.bridge.conversation.life.Input.PlayedItem;
import centralita.bridge.conversation.life.JournalEntry.AssistantSpeaks;
import centralita.bridge.conversation.life.Playback.Item;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier bridge had the assistant say when it was lost (F-P1). Its audio, as far as it has come, is at the gateway
 * and plays on: such an item is gone on with as if it were ours, until it is heard or interrupted, and then the model is
 * told of it, once and as it was heard. An item that was not all made is gone on with by the model: it is asked for the rest.
 */
final class LeftAnswers {
    private LeftAnswers() {}

    static void takeOver(Step step, Input.AnswersLeft input) {
        var playout = input.playout();
        if (playout != null) {
            step.playback = step.playback.countingFrom(playout.lastItem()).toldAt(step.nowMs);
        }
        for (var said : input.said()) {
            var played = playout == null ? null : playout.of(said.number());
            if (played != null && played.leftMs() > 0) {
                var session = played.complete() ? Item.OF_ANOTHER_BRIDGE : Item.BROKEN_OFF;
                step.playback = step.playback.with(item(said, played, session));
                continue;
            }
            // Who will be told the history is not told this beside it.
            var session = input.historyTold() ? Item.OF_ANOTHER_BRIDGE : step.model.session();
            var item = item(said, played, session);
            var whole = played == null ? item.complete() && item.heardMs() >= item.madeMs() : played.complete();
            Hearing.settle(step, item, !whole);
            if (!whole && !input.callerSpokeAfter()) {
                goOn(step);
            }
        }
    }

    /** What is left of it was heard to its end. */
    static void heard(Step step, Item item) {
        var brokenOff = item.session() == Item.BROKEN_OFF;
        Hearing.settle(step, item, brokenOff);
        if (brokenOff) {
            goOn(step);
        }
    }

    private static void goOn(Step step) {
        step.floor = step.floor.want(Ask.of(Trigger.RESUME, Lines.goOn(step.setup)));
    }

    private static Item item(AssistantSpeaks said, @Nullable PlayedItem played, int session) {
        var heardMs = played == null ? said.heardMs() : said.baseMs() + played.heardMs();
        return new Item(
                said.number(),
                said.itemId(),
                "",
                session,
                said.turn(),
                said.startMs(),
                // Audio that came after the journal was last written has words that nobody knows.
                said.madeMs(),
                true,
                played != null || said.complete(),
                heardMs,
                said.baseMs(),
                false,
                said.text());
    }
}
