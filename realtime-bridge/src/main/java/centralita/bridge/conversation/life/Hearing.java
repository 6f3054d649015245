package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Playback.Item;
import centralita.contracts.call.CallFact;
import centralita.contracts.transcript.TranscriptFact;
import java.util.List;
import java.util.Set;

/** What the model makes, what the caller hears of it, and what both have said. */
final class Hearing {
    private static final String CALLER = "CALLER";
    private static final String ASSISTANT = "ASSISTANT";
    /** A gateway cuts an answer that is too far ahead of the caller; what is less than this is rounding. */
    private static final long CUT_ON_THE_WAY_MS = 1_000;

    private Hearing() {}

    static void itemAdded(Step step, Input.ItemAdded input) {
        if (step.playback.byId(input.itemId()) == null && !step.turns.done().contains(input.responseId())) {
            step.playback = step.playback.with(blank(step, input.responseId(), input.itemId()));
        }
    }

    static void audioStarted(Step step, Input.AudioStarted input) {
        if (step.turns.done().contains(input.responseId())) {
            step.then(new Effect.Silence(List.of(input.itemId())));
            return;
        }
        var known = step.playback.byId(input.itemId());
        var item = known == null ? blank(step, input.responseId(), input.itemId()) : known;
        if (step.playback.silences(input.responseId())
                || step.saidGoodbye()
                || step.release.forced()
                || !step.line.here()) {
            Presence.missesWords(step, input.responseId());
            step.playback = step.playback.with(item.unplayed());
            step.then(new Effect.Silence(List.of(input.itemId())));
            return;
        }
        var turn = step.turns.of(input.responseId());
        if (turn != null && turn.turn() == 0) {
            turn = turn.begun(step.turns.last() + 1, input.atMs());
            step.turns = step.turns.with(turn);
            step.sound = step.sound.answered(Math.max(0, step.nowMs - turn.fromMs()));
            step.tally = step.tally.withTurn();
        }
        var running = step.floor.running();
        if (running != null && running.responseId().equals(input.responseId()) && !running.spoke()) {
            step.floor = step.floor.withRunning(
                    new Floor.Running(running.responseId(), running.ask(), running.eventId(), true));
        }
        step.playback = step.playback.numbered();
        var number = step.playback.lastNumber();
        var playing = item.playing(number, turn == null ? 0 : turn.turn(), step.sinceStartMs());
        var doubt = step.doubt;
        if (doubt != null) {
            FalseInterruption.hold(step, doubt, playing);
            return;
        }
        if (step.playback.audible().isEmpty()) {
            step.playback = step.playback.toldAt(step.nowMs);
        }
        step.playback = step.playback.with(playing);
        step.then(new Effect.Play(input.itemId(), number));
    }

    static void itemGrew(Step step, Input.ItemGrew input) {
        var item = step.playback.byId(input.itemId());
        if (item != null) {
            step.playback = step.playback.with(item.grown(input.madeMs(), input.text()));
        }
    }

    static void audioEnded(Step step, Input.AudioEnded input) {
        var item = step.playback.byId(input.itemId());
        if (item == null || item.complete()) {
            return;
        }
        step.playback = step.playback.with(item.ended());
        if (item.number() > 0 && !item.cut()) {
            step.then(new Effect.EndItem(item.number()));
        }
    }

    /** A response that is over makes no more audio, whether or not each item's end was told. */
    static void endAll(Step step, String responseId) {
        for (var item : step.playback.ofResponse(responseId)) {
            if (item.number() > 0) {
                audioEnded(step, new Input.AudioEnded(step.nowMs, item.itemId()));
            }
        }
    }

    static void textEnded(Step step, Input.TextEnded input) {
        var item = step.playback.byId(input.itemId());
        if (item == null) {
            return;
        }
        item = item.grown(item.madeMs(), input.text());
        step.playback = step.playback.with(item);
        if (item.number() > 0 && !item.cut()) {
            step.then(said(item, item.text(), item.heardMs(), false));
        }
    }

    static void heard(Step step, Input.Heard input) {
        var item = step.playback.byNumber(input.item());
        if (item == null) {
            return;
        }
        item = item.heardHere(input.heardMs());
        step.playback = step.playback.with(item).toldAt(step.nowMs);
        if (input.toItsEnd() && item.ofAnotherBridge()) {
            LeftAnswers.heard(step, item);
        } else if (input.toItsEnd() && item.complete()) {
            if (item.madeMs() - item.heardMs() > CUT_ON_THE_WAY_MS) {
                Interruption.cutOff(step, item);
            } else {
                settle(step, item, false);
            }
        }
    }

    /** An item's story is over: it was heard to its end, or it was cut and will not be heard any more. */
    static void settle(Step step, Item item, boolean cut) {
        step.playback = step.playback.without(Set.of(item.itemId()));
        var heardMs = cut ? item.heardOfMade() : item.madeMs();
        var text = cut ? AsHeard.estimate(item.text(), heardMs, item.madeMs()) : item.text();
        if (item.number() > 0) {
            step.then(said(item, text, heardMs, cut));
        }
        if (!text.isEmpty() || step.jotted.of(item.itemId()) != null || item.ofAnotherBridge()) {
            step.then(new Effect.Remember(new JournalEntry.AssistantSaid(item.itemId(), text, heardMs, cut)));
        }
        if (!text.isEmpty() && step.model.ready() && item.session() != step.model.session()) {
            step.then(new Effect.TellAsAssistant(cut ? text + " …" : text));
        }
        var turn = step.turns.of(item.responseId());
        if (turn != null) {
            step.turns = step.turns.with(turn.settled(item.madeMs(), heardMs, cut));
            closeTurn(step, item.responseId());
        }
    }

    /** The model has made all of a response. */
    static void generated(Step step, String responseId) {
        var turn = step.turns.of(responseId);
        if (turn != null) {
            step.turns = step.turns.with(turn.over());
            closeTurn(step, responseId);
        }
    }

    /** Publishes a turn when nothing more can come of it; a response without audio was no turn. */
    private static void closeTurn(Step step, String responseId) {
        var turn = step.turns.of(responseId);
        if (turn == null
                || !turn.generated()
                || !step.playback.ofResponse(responseId).isEmpty()) {
            return;
        }
        step.turns = step.turns.without(responseId);
        publish(step, turn);
    }

    /** Publishes what there is of all turns, because the conversation ends. */
    static void closeAllTurns(Step step) {
        for (var item : step.playback.items()) {
            settle(step, item, !item.complete() || item.heardMs() < item.madeMs());
        }
        for (var turn : step.turns.open()) {
            publish(step, turn);
        }
        step.turns = new Turns(step.turns.last(), List.of(), List.of(), step.turns.done());
    }

    private static void publish(Step step, Turns.Open turn) {
        if (turn.turn() > 0) {
            step.then(new Effect.Publish(new CallFact.Turn(
                    turn.turn(),
                    turn.trigger().word(),
                    turn.callerSpeechMs(),
                    turn.firstAudioMs(),
                    turn.audioMs(),
                    turn.heardMs(),
                    turn.interrupted())));
        }
    }

    static void callerTranscribed(Step step, Input.CallerTranscribed input) {
        var item = step.turns.callerItem(input.itemId());
        step.turns = step.turns.transcribed(input.itemId());
        var text = input.text();
        if (text == null && item != null) {
            WrittenLate.failed(step, item);
        }
        if (text == null || text.isBlank()) {
            return;
        }
        var turn = item == null ? step.turns.last() : item.turn();
        var startMs = item == null ? step.sinceStartMs() : item.startMs();
        step.then(new Effect.Transcribe(
                new TranscriptFact.Said(CALLER, input.itemId(), turn, text, startMs, null, false)));
        step.then(new Effect.Remember(
                new JournalEntry.CallerSaid(input.itemId(), text, item == null ? null : item.until())));
    }

    private static Effect said(Item item, String text, long heardMs, boolean interrupted) {
        return new Effect.Transcribe(new TranscriptFact.Said(
                ASSISTANT, item.itemId(), item.turn(), text, item.startMs(), heardMs, interrupted));
    }

    private static Item blank(Step step, String responseId, String itemId) {
        return new Item(0, itemId, responseId, step.model.session(), 0, 0, 0, false, false, 0, 0, false, "");
    }
}
