package centralita.local.demo;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.phone.MaskedNumber;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.contracts.transcript.TranscriptFact;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a call's events into lines for a person. Events of the two topics come in any order among one another, and what
 * the caller said is known only after the answer to it has begun; each line knows when its event happened.
 */
final class ConversationLines {
    /** @param at when it happened; the order in which lines are to be read */
    record Line(Instant at, String text) {}

    private final Set<String> spoken = new HashSet<>();
    private final Set<String> cut = new HashSet<>();
    private Instant began = Instant.MAX;
    /** What {@code startMs} counts from; until it is known, a line stands where its event does. */
    private @Nullable Instant conversationBegan;

    private boolean ended;

    /** Whether the call's last event has been seen. */
    boolean ended() {
        return ended;
    }

    /** @return lines to print; often none */
    List<Line> of(CallEvent event) {
        return switch (event.data()) {
            case CallFact.Received call ->
                line(
                        event.time(),
                        "☎  a call from %s to %s, answered by the assistant \"%s\" (%s)"
                                .formatted(shown(call.from()), shown(call.to()), call.assistantId(), call.language()));
            case CallFact.ConversationStarted started -> {
                if (conversationBegan == null) {
                    conversationBegan = event.time();
                }
                yield line(
                        event.time(),
                        "   the model is ready (%s, voice %s, %d ms)"
                                .formatted(started.model(), started.voice(), started.readyMs()));
            }
            case CallFact.BargeIn bargeIn ->
                line(
                        event.time(),
                        "   the caller interrupts: %d of %d ms were heard, silent after %d ms"
                                .formatted(bargeIn.heardMs(), bargeIn.madeMs(), bargeIn.reactionMs()));
            case CallFact.ToolCalled tool ->
                line(event.time(), "⚙  tool %s: %s (%d ms)".formatted(tool.tool(), tool.outcome(), tool.durationMs()));
            case CallFact.ModelSwitched switched ->
                line(
                        event.time(),
                        "   another session of the model goes on (%s, %s, %d ms)"
                                .formatted(switched.cause(), switched.model(), switched.gapMs()));
            case CallFact.Refused refused ->
                line(
                        event.time(),
                        "☎  the call is not taken: %s; offered: %s".formatted(refused.reason(), refused.offered()));
            case CallFact.SentToPeople people ->
                line(event.time(), "☎  the caller was sent to people: %s".formatted(people.outcome()));
            case CallFact.CallbackBooked booked ->
                line(event.time(), "☎  the caller will be called back: %s".formatted(booked.cause()));
            case CallFact.CallbackClosed callback ->
                line(event.time(), "☎  nobody needs to be called back any more: %s".formatted(callback.outcome()));
            case CallFact.VoicemailLeft message ->
                line(event.time(), "☎  the caller left a message of %.1f s".formatted(message.durationMs() / 1000.0));
            case CallFact.Ended end -> {
                ended = true;
                yield line(
                        event.time(),
                        "☎  the call is over: %s, %s, %.1f s"
                                .formatted(end.outcome(), end.reason(), end.talkTimeMs() / 1000.0));
            }
            case CallFact.Requested _,
                    CallFact.Ringing _,
                    CallFact.Answered _,
                    CallFact.MediaStreamStarted _,
                    CallFact.Moved _,
                    CallFact.MediaStreamEnded _,
                    CallFact.Turn _,
                    CallFact.ModelUsage _,
                    CallFact.TranscriptionUsage _,
                    CallFact.ConversationEnded _,
                    CallFact.RecordingCompleted _,
                    CallFact.RecordingRead _,
                    CallFact.Unknown _ -> List.of();
        };
    }

    /** @return lines to print; often none */
    List<Line> of(TranscriptEvent event) {
        return switch (event.data()) {
            case TranscriptFact.Said said -> said(event.time(), said);
            case TranscriptFact.ToolUsed tool ->
                line(event.time(), "⚙  %s(%s) → %s".formatted(tool.tool(), tool.arguments(), tool.output()));
            case TranscriptFact.Digits digits -> line(event.time(), "caller     presses " + digits.digits());
            case TranscriptFact.Context _, TranscriptFact.Unknown _ -> List.of();
        };
    }

    /** A later event for the same item replaces an earlier one: what was cut off is worth a line of its own. */
    private List<Line> said(Instant time, TranscriptFact.Said said) {
        boolean caller = said.party().equals("CALLER");
        if (spoken.add(said.itemId())) {
            if (said.interrupted()) {
                cut.add(said.itemId());
            }
            return line(
                    begun(said, time),
                    (caller ? "caller     " : "assistant  ") + said.text() + (said.interrupted() ? " —" : ""));
        }
        if (said.interrupted() && cut.add(said.itemId())) {
            return line(time, "   heard of that: " + said.text() + " —");
        }
        return List.of();
    }

    private Instant begun(TranscriptFact.Said said, Instant known) {
        return conversationBegan == null ? known : conversationBegan.plusMillis(said.startMs());
    }

    private static String shown(MaskedNumber number) {
        return number.lastTwo() == null ? "an unknown number" : "…" + number.lastTwo();
    }

    private List<Line> line(Instant time, String text) {
        if (began.equals(Instant.MAX)) {
            began = time;
        }
        var since = Duration.between(began, time).toMillis() / 1000.0;
        return List.of(new Line(time, "%6.1f  %s".formatted(Math.max(0, since), text)));
    }
}
