package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.Playback.Item;
import centralita.contracts.call.CallFact;
import java.util.List;

/**
 * The assistant stops because the caller speaks, or because what it said is lost. The model cancels its response by
 * itself; what the caller has heard is ours to find out and to tell it (openai-realtime 6.3).
 */
final class Interruption {
    private Interruption() {}

    /** The caller speaks while the assistant does. Last words are said to their end. */
    static void byTheCaller(Step step, String callerItemId) {
        if (!(step.stage instanceof Stage.Talking)) {
            return;
        }
        if (step.setup.resumesInterruptions()) {
            FalseInterruption.suspect(step, callerItemId);
        } else {
            stop(step, true);
        }
    }

    /** The model's session is gone in the middle of what it said: the caller must not hear half of it and then silence. */
    static void byLostModel(Step step) {
        var running = step.floor.running();
        if (running != null && running.spoke()) {
            stop(step, false);
        }
    }

    /** Another bridge is to go on in mid-turn; what is still being made is not for the caller any more. */
    static void byHandOver(Step step) {
        FalseInterruption.confirm(step);
        stop(step, false);
    }

    static void stop(Step step, boolean bargeIn) {
        var running = step.floor.running();
        if (running != null) {
            step.playback = step.playback.silencing(running.responseId());
        }
        var audible = step.playback.audible();
        if (audible.isEmpty()) {
            return;
        }
        for (var item : audible) {
            step.playback = step.playback.with(item.stopped());
        }
        step.playback = step.playback.ordered(step.nowMs, bargeIn);
        step.then(new Effect.ClearPlayback(step.playback.lastOrder()));
        step.then(new Effect.Silence(audible.stream().map(Item::itemId).toList()));
    }

    static void cleared(Step step, Input.Cleared input) {
        var order = step.playback.unanswered();
        if (order == null || order.number() != input.order()) {
            return;
        }
        for (var heard : input.items()) {
            var item = step.playback.byNumber(heard.item());
            if (item != null) {
                step.playback = step.playback.with(item.heardHere(heard.heardMs()));
            }
        }
        var doubt = step.doubt;
        if (doubt != null) {
            FalseInterruption.cleared(step, doubt, input.reactionMs());
        } else {
            settleCut(step, order.bargeIn(), input.reactionMs());
        }
    }

    static void tick(Step step) {
        var order = step.playback.unanswered();
        if (order != null
                && step.nowMs - order.sinceMs() >= step.setup.patience().clearedMs()) {
            // The gateway does not say; its marks said something before, and he heard on.
            step.playback = step.playback.heardUntold(step.nowMs);
            var doubt = step.doubt;
            if (doubt != null) {
                FalseInterruption.cleared(step, doubt, 0);
            } else {
                settleCut(step, order.bargeIn(), 0);
            }
        }
    }

    static void settleCut(Step step, boolean bargeIn, long reactionMs) {
        step.playback = step.playback.answered();
        var stopped = step.playback.items().stream()
                .filter(item -> item.cut() && item.number() > 0)
                .toList();
        if (bargeIn && !stopped.isEmpty()) {
            var first = stopped.getFirst();
            step.tally = step.tally.withBargeIn();
            step.then(new Effect.Publish(
                    new CallFact.BargeIn(first.itemId(), first.heardOfMade(), first.madeMs(), reactionMs)));
        }
        for (var item : stopped) {
            cutOff(step, item);
        }
    }

    /** Truncating an item that was heard to its end would make the model repeat itself. */
    static void cutOff(Step step, Item item) {
        var whole = item.complete() && item.heardMs() >= item.madeMs();
        if (!whole) {
            forget(step, item);
        }
        Hearing.settle(step, item, !whole);
    }

    /**
     * The caller's line is gone and with it all that waited to be heard.
     *
     * @return whether anything was lost
     */
    static boolean forgetPlayback(Step step) {
        var running = step.floor.running();
        if (running != null) {
            step.playback = step.playback.silencing(running.responseId());
        }
        step.playback = step.playback.answered();
        var played =
                step.playback.items().stream().filter(item -> item.number() > 0).toList();
        if (!played.isEmpty()) {
            step.then(new Effect.Silence(played.stream().map(Item::itemId).toList()));
        }
        for (var item : played) {
            cutOff(step, item);
        }
        return !played.isEmpty() || running != null;
    }

    /** Items of a finished response that never reached the caller: the model must not think that he heard them. */
    static void dropUnplayed(Step step, String responseId, Input.Status status) {
        for (var item : step.playback.ofResponse(responseId)) {
            if (item.number() > 0) {
                continue;
            }
            if (item.hasAudio() || status != Input.Status.COMPLETED) {
                forget(step, item);
            }
            step.playback = step.playback.without(java.util.Set.of(item.itemId()));
        }
    }

    private static void forget(Step step, Item item) {
        if (!step.model.ready() || item.session() != step.model.session()) {
            return;
        }
        List<Effect> effects = item.hasAudio()
                ? List.of(new Effect.Truncate(item.itemId(), item.heardOfMade()))
                : List.of(new Effect.Delete(item.itemId()));
        effects.forEach(step::then);
    }
}
