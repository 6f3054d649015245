package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Floor.Ask;
import java.util.List;

/**
 * A cough or an "mm-hm" does not take the floor, for assistants that ask for it. Playback stops at the first sound all the
 * same: a caller who means it must not be talked over. What he has not heard is held, and goes on from there, the same
 * audio, when the sound was short and its transcript says nothing. Until then the model is not told: it goes on making its
 * answer, and hears of a truncation only when the interruption is a true one. For this its session is configured neither to
 * interrupt nor to answer by itself (openai-realtime 2.1), and we ask for every answer.
 */
final class FalseInterruption {
    /**
     * Longer speech is meant. Counted between the model's words of its start and its end, so with the silence that ends
     * it, of about half a second.
     */
    static final long SHORT_MS = 1_600;
    /** A transcript that has not come by now costs the caller more than a lost sentence would. */
    static final long TRANSCRIPT_MS = 1_500;

    private FalseInterruption() {}

    static void suspect(Step step, String callerItemId) {
        if (step.doubt != null) {
            // A second sound so soon is somebody who wants to speak.
            confirm(step);
            return;
        }
        var audible = step.playback.audible();
        if (audible.isEmpty()) {
            cancelRunning(step);
            return;
        }
        if (step.playback.goesOnForAnotherBridge() || !step.model.current().transcribes()) {
            // That audio is not here, so what is stopped of it cannot be had again; or nobody will say what the sound
            // was.
            cancelRunning(step);
            Interruption.stop(step, true);
            return;
        }
        for (var item : audible) {
            step.playback = step.playback.with(item.stopped());
        }
        step.playback = step.playback.ordered(step.nowMs, true);
        var held = audible.stream().map(Playback.Item::itemId).toList();
        step.doubt = Doubt.of(held, callerItemId, step.nowMs);
        step.then(new Effect.ClearPlayback(step.playback.lastOrder()));
        step.then(new Effect.Hold(held));
    }

    /** Audio that begins in doubt waits with the rest. @param item numbered */
    static void hold(Step step, Doubt doubt, Playback.Item item) {
        step.playback = step.playback.with(item.stopped());
        step.doubt = doubt.holding(item.itemId());
        step.then(new Effect.Hold(List.of(item.itemId())));
    }

    static void stopped(Step step) {
        var doubt = step.doubt;
        if (doubt == null) {
            return;
        }
        if (step.nowMs - doubt.sinceMs() > SHORT_MS) {
            confirm(step);
        } else {
            step.doubt = doubt.stopped(step.nowMs);
        }
    }

    /** What the caller said is complete. Nobody but us will ask for an answer. */
    static void committed(Step step) {
        if (step.doubt == null) {
            step.floor = step.floor.owed(-1);
            answer(step);
        }
    }

    static void transcribed(Step step, Input.CallerTranscribed input) {
        var doubt = step.doubt;
        if (doubt == null || !doubt.callerItemId().equals(input.itemId())) {
            return;
        }
        if (!BackChannel.is(input.text())) {
            confirm(step);
            answer(step);
        } else if (step.playback.unanswered() != null) {
            step.doubt = doubt.asHarmless();
        } else {
            resume(step, doubt);
        }
    }

    /** The gateway has said what was heard, or will not. */
    static void cleared(Step step, Doubt doubt, long reactionMs) {
        step.playback = step.playback.answered();
        if (doubt.harmless()) {
            resume(step, doubt);
        } else {
            step.doubt = doubt.answered(reactionMs);
        }
    }

    static void tick(Step step) {
        var doubt = step.doubt;
        if (doubt == null) {
            return;
        }
        if (doubt.stoppedMs() < 0) {
            if (step.nowMs - doubt.sinceMs() > SHORT_MS) {
                confirm(step);
            }
        } else if (!doubt.harmless() && step.nowMs - doubt.stoppedMs() >= TRANSCRIPT_MS) {
            confirm(step);
            answer(step);
        }
    }

    /** It was meant, or something else has ended what the assistant was saying. */
    static void confirm(Step step) {
        var doubt = step.doubt;
        if (doubt == null) {
            return;
        }
        step.doubt = null;
        cancelRunning(step);
        step.then(new Effect.Silence(doubt.held()));
        if (step.playback.unanswered() == null) {
            Interruption.settleCut(step, true, doubt.reactionMs());
        }
    }

    private static void cancelRunning(Step step) {
        var running = step.floor.running();
        if (running != null && !step.playback.silences(running.responseId())) {
            step.playback = step.playback.silencing(running.responseId());
            step.then(new Effect.Cancel(running.responseId()));
        }
    }

    private static void resume(Step step, Doubt doubt) {
        step.doubt = null;
        step.playback = step.playback.toldAt(step.nowMs);
        for (var itemId : doubt.held()) {
            var item = step.playback.byId(itemId);
            if (item == null) {
                continue;
            }
            if (item.complete() && item.heardMs() >= item.madeMs()) {
                Hearing.settle(step, item, false);
                continue;
            }
            step.playback = step.playback.numbered();
            var number = step.playback.lastNumber();
            step.playback = step.playback.with(item.resumed(number));
            step.then(new Effect.Resume(itemId, number, item.heardOfMade()));
            if (item.complete()) {
                step.then(new Effect.EndItem(number));
            }
        }
    }

    private static void answer(Step step) {
        step.floor = step.floor.want(Ask.of(Trigger.SPEECH, null));
    }
}
