package centralita.bridge.conversation.life;

import centralita.bridge.conversation.life.Conversation.Stage;
import centralita.bridge.conversation.life.Conversation.Tools;
import centralita.bridge.conversation.life.Conversation.Tools.Pending;
import centralita.bridge.conversation.life.Floor.Ask;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.transcript.TranscriptFact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The model calls functions: each once, each answered once, then one response for all (openai-realtime 5, F-O8). */
final class ToolUse {
    /** The tool that ends the call; it is ours to act upon, whoever runs it. */
    static final String END_CALL = "end_call";

    private static final String TOO_MANY =
            "{\"error\":\"too_many_calls\",\"message\":\"No more calls of functions are possible now. Answer without.\"}";

    /** Sessions count from 1: no session of ours knows of the call. */
    private static final int NO_SESSION = 0;

    private ToolUse() {}

    static void called(Step step, List<Input.FunctionCall> calls, boolean spoke) {
        var refused = new ArrayList<Pending>();
        if (!calls.isEmpty()) {
            step.turns = step.turns.actedOn(step.floor.callerSpeaking());
        }
        for (var call : calls) {
            if (step.tools.seen().contains(call.toolCallId())) {
                continue;
            }
            var pending = new Pending(call, step.model.session(), step.nowMs);
            var limits = step.setup.limits();
            var allowed = step.tools.thisTurn() < limits.toolCallsPerTurn()
                    && step.tally.ofTheCall().toolCalls() < limits.toolCallsPerCall();
            count(step, pending, spoke, allowed);
            if (allowed) {
                Bounds.note(step);
                run(step, call);
            } else {
                refused.add(pending);
            }
        }
        for (var pending : refused) {
            finished(step, new Input.ToolFinished(step.nowMs, pending.call().toolCallId(), "refused", TOO_MANY, 0));
        }
    }

    /** Calls that the bridge before has begun and not answered: each is run once here, and its answer told with the call. */
    static void leftOver(Step step, Input.ToolsLeft input) {
        for (var call : input.calls()) {
            if (!step.tools.seen().contains(call.toolCallId())) {
                count(step, new Pending(call, NO_SESSION, step.nowMs), false, true);
                run(step, call);
            }
        }
    }

    private static void run(Step step, Input.FunctionCall call) {
        step.then(new Effect.Remember(new JournalEntry.ToolBegun(call.toolCallId(), call.name(), call.arguments())));
        step.then(new Effect.RunTool(call.toolCallId(), call.name(), call.arguments()));
    }

    private static void count(Step step, Pending pending, boolean spoke, boolean allowed) {
        var seen = new HashSet<>(step.tools.seen());
        seen.add(pending.call().toolCallId());
        var all = new ArrayList<>(step.tools.pending());
        all.add(pending);
        step.tools = new Tools(
                List.copyOf(all),
                Set.copyOf(seen),
                step.tools.thisTurn() + (allowed ? 1 : 0),
                step.tools.endsCall(),
                spoke);
        if (allowed) {
            step.tally = step.tally.withToolCall();
        }
    }

    static void finished(Step step, Input.ToolFinished input) {
        var found = step.tools.pending().stream()
                .filter(one -> one.call().toolCallId().equals(input.toolCallId()))
                .findFirst();
        if (found.isEmpty()) {
            return;
        }
        var pending = found.get();
        var call = pending.call();
        answer(step, pending, input.output());
        step.then(new Effect.Remember(
                new JournalEntry.ToolAnswered(call.toolCallId(), call.name(), call.arguments(), input.output())));
        step.then(new Effect.Publish(new CallFact.ToolCalled(
                call.toolCallId(),
                step.setup.tools().contains(call.name()) ? call.name() : "unknown",
                input.outcome(),
                input.durationMs())));
        step.then(new Effect.Transcribe(new TranscriptFact.ToolUsed(
                call.toolCallId(),
                call.name(),
                call.arguments(),
                input.output(),
                input.outcome(),
                Math.max(0, step.sinceStartMs() - (step.nowMs - pending.sinceMs())))));
        var endsCall = step.tools.endsCall()
                || (call.name().equals(END_CALL) && input.outcome().equals("ok"));
        var rest = step.tools.pending().stream().filter(one -> one != pending).toList();
        step.tools = new Tools(rest, step.tools.seen(), step.tools.thisTurn(), endsCall, step.tools.spoke());
        if (rest.isEmpty()) {
            allAnswered(step);
        }
    }

    /** What was said with the calls was not heard to its end. */
    static void wordsWereLost(Step step) {
        var tools = step.tools;
        step.tools = new Tools(tools.pending(), tools.seen(), tools.thisTurn(), tools.endsCall(), false);
    }

    private static void answer(Step step, Pending pending, String output) {
        // While there is no session the answer waits in the journal, which the next one is told.
        if (step.model.ready()) {
            var unheardOf = pending.session() == step.model.session() ? null : pending.call();
            step.then(new Effect.AnswerTool(pending.call().toolCallId(), output, unheardOf));
        }
    }

    private static void allAnswered(Step step) {
        if (!step.tools.endsCall()) {
            step.floor = step.floor.want(Ask.of(Trigger.TOOL, null));
        } else if (step.stage instanceof Stage.Talking) {
            // Words that came with the call are the farewell; without them the model is asked for one.
            var farewell = step.tools.spoke() ? null : Farewell.goodbye(step);
            Farewell.leave(step, EndReason.ASSISTANT_HUNG_UP, farewell);
        }
    }
}
