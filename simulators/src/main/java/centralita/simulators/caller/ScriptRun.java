package centralita.simulators.caller;

import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.twilio.CallReport;
import centralita.simulators.twilio.Handset;
import centralita.simulators.twilio.LineEvent;
import centralita.simulators.twilio.PhoneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One caller on the telephone. Time is counted in frames of the line, so that a slow machine makes a call longer and not
 * wrong. The first step that fails ends the script, and the caller hangs up. On the line's event loop; read when the
 * call is over.
 */
final class ScriptRun implements Handset {
    static final int FRAME_MS = 20;
    private static final int LISTEN_EVERY_MS = 500;
    private static final int INTERRUPT_LIMIT_MS = 60_000;
    /** How long the rest of a caller's own audio may be on its way back. */
    private static final int PARROT_PATIENCE_MS = 6_000;

    private final CallerScript script;
    private final ScriptSounds sounds;
    private final ParrotPattern parrot;
    private final HeardAudio heard;
    private final CallTrace trace = new CallTrace();
    private final List<CallerReport.StepReport> done = new ArrayList<>();
    private @Nullable PhoneLine line;
    private @Nullable CallReport report;
    private byte[] voice = {};
    private int voiceAt;
    private int at;
    private boolean begun;
    private long beganMs;
    private long speechAtBegin;
    private long nowMs;
    private int heardUntilMs;
    private long deadAirMs;
    private long longestDeadAirMs;
    private boolean parroting;
    private boolean interrupting;
    private boolean gaveUp;

    ScriptRun(CallerScript script, ScriptSounds sounds, ClipRecognizer recognizer, int caller) {
        this.script = script;
        this.sounds = sounds;
        this.heard = new HeardAudio(recognizer);
        this.parrot = new ParrotPattern(caller);
    }

    @Override
    public void connected(PhoneLine connected) {
        line = connected;
    }

    @Override
    public void speak(byte[] frame) {
        follow();
        if (parroting) {
            parrot.next(frame);
        } else if (speaking()) {
            int taken = Math.min(frame.length, voice.length - voiceAt);
            System.arraycopy(voice, voiceAt, frame, 0, taken);
            voiceAt += taken;
        }
    }

    @Override
    public void hear(byte[] frame, int audioBytes) {
        nowMs += FRAME_MS;
        heard.add(frame, audioBytes);
        parrot.hear(frame, audioBytes);
        boolean dead = !heard.speaking() && !speaking() && !parroting && !(current() instanceof Step.Pause);
        deadAirMs = dead ? deadAirMs + FRAME_MS : 0;
        longestDeadAirMs = Math.max(longestDeadAirMs, deadAirMs);
    }

    @Override
    public void notice(LineEvent event) {
        trace.add(event);
    }

    @Override
    public void ended(CallReport ending) {
        report = ending;
        while (at < script.lines().size()) {
            var step = script.lines().get(at).step();
            if (step.judgedAfterwards()) {
                at++;
            } else {
                finish(gaveUp ? "not reached" : atTheEnd(step, ending));
            }
        }
    }

    private boolean speaking() {
        return voiceAt < voice.length;
    }

    private @Nullable Step current() {
        return at < script.lines().size() ? script.lines().get(at).step() : null;
    }

    /** Goes on with the script as far as it goes at this moment. */
    private void follow() {
        for (var step = current(); step != null && !gaveUp; step = current()) {
            if (step.judgedAfterwards()) {
                at++;
                continue;
            }
            if (!begun) {
                begin(step);
            }
            if (report != null) {
                // The step has ended the call, and the rest of the script was judged on the way.
                return;
            }
            var state = progress(step);
            if (state == null) {
                return;
            }
            finish(state);
            if (!state.isEmpty() && line != null) {
                gaveUp = true;
                line.hangUp();
            }
        }
        if (!gaveUp && report == null) {
            // Nothing is left to say or to wait for.
            onLine(PhoneLine::hangUp);
        }
    }

    private void begin(Step step) {
        begun = true;
        beganMs = nowMs;
        speechAtBegin = heard.speechMs();
        switch (step) {
            case Step.Say(var clip) -> say(sounds.clip(clip));
            case Step.SayFile(var wav) -> say(sounds.file(wav));
            case Step.Parrot _ -> parroting = true;
            case Step.Press(var digits) -> onLine(phone -> phone.press(digits));
            case Step.HangUp() -> onLine(PhoneLine::hangUp);
            default -> {}
        }
    }

    private void onLine(Consumer<PhoneLine> act) {
        if (line != null) {
            act.accept(line);
        }
    }

    private void say(byte[] sound) {
        voice = sound;
        voiceAt = 0;
    }

    private long elapsedMs() {
        return nowMs - beganMs;
    }

    /** @return null: still at it; empty: done; otherwise why it failed */
    private @Nullable String progress(Step step) {
        return switch (step) {
            case Step.Say _, Step.SayFile _ -> speaking() ? null : "";
            case Step.Press _, Step.HangUp _ -> "";
            case Step.Pause(var ms) -> elapsedMs() >= ms ? "" : null;
            case Step.WaitForSpeech(var within) -> heard.speaking() ? "" : late(within, "nobody spoke");
            case Step.WaitForSilence(var quiet, var within) ->
                heard.quietMs() >= quiet ? "" : late(within, "the assistant did not stop speaking");
            case Step.Interrupt interrupt -> interrupt(interrupt);
            case Step.Hear hear -> hear(hear);
            case Step.Parrot(var ms) -> parrot(ms);
            case Step.ExpectEnd(var byAssistant, var within) -> late(within, "the call did not end");
            case Step.ExpectSpeech _, Step.ExpectDeadAirBelow _, Step.ExpectTruncated _, Step.ExpectToolCall _ -> "";
        };
    }

    private @Nullable String late(int withinMs, String what) {
        return elapsedMs() > withinMs ? what + " within " + withinMs + " ms" : null;
    }

    private @Nullable String interrupt(Step.Interrupt step) {
        if (interrupting) {
            return speaking() ? null : "";
        }
        if (heard.speechMs() - speechAtBegin < step.afterMs()) {
            return late(INTERRUPT_LIMIT_MS, "the assistant did not speak for " + step.afterMs() + " ms");
        }
        interrupting = true;
        say(sounds.clip(step.clip()));
        return null;
    }

    private @Nullable String hear(Step.Hear step) {
        if (elapsedMs() % LISTEN_EVERY_MS != 0 && elapsedMs() <= step.withinMs()) {
            return null;
        }
        return found(step.clip()) ? "" : late(step.withinMs(), "'" + step.clip() + "' was not heard");
    }

    private boolean found(String clip) {
        var untilMs = new WantedClip(clip, script.language()).heardUntilMs(heard.clips(), heardUntilMs);
        heardUntilMs = untilMs.orElse(heardUntilMs);
        return untilMs.isPresent();
    }

    private @Nullable String parrot(int ms) {
        parroting = elapsedMs() < ms;
        if (parroting) {
            return null;
        }
        var count = parrot.count();
        if (count.clean()) {
            return "";
        }
        return elapsedMs() > ms + PARROT_PATIENCE_MS
                ? "of %d frames %d came back; lost %d, corrupted %d, of others %d, repeated %d"
                        .formatted(
                                count.sent(),
                                count.heard(),
                                count.lost(),
                                count.corrupted(),
                                count.crossed(),
                                count.repeated())
                : null;
    }

    private String atTheEnd(Step step, CallReport ending) {
        if (!begun) {
            begun = true;
            beganMs = nowMs;
        }
        return switch (step) {
            case Step.ExpectEnd(var byAssistant, var within) -> {
                boolean byCaller = ending.endedBy() == CallReport.EndedBy.CALLER;
                boolean failed = ending.endedBy() == CallReport.EndedBy.NETWORK;
                yield byAssistant != byCaller && !failed
                        ? ""
                        : "the call was ended by " + (failed ? "an error" : byCaller ? "the caller" : "the assistant");
            }
            case Step.Hear(var clip, var within) ->
                found(clip) ? "" : "the call ended and '" + clip + "' was not heard";
            case Step.HangUp() -> ending.endedBy() == CallReport.EndedBy.CALLER ? "" : "the call had ended before";
            default -> "the call ended before: " + ending.status();
        };
    }

    private void finish(String failure) {
        var now = script.lines().get(at++);
        done.add(new CallerReport.StepReport(now.number(), now.text(), beganMs, nowMs - beganMs, failure));
        begun = false;
        interrupting = false;
        parroting = false;
    }

    List<CallerReport.StepReport> steps() {
        return done;
    }

    HeardAudio heard() {
        return heard;
    }

    CallTrace trace() {
        return trace;
    }

    ParrotPattern.Count parrotCount() {
        return parrot.count();
    }

    int deadAirMs() {
        return (int) longestDeadAirMs;
    }

    @Nullable
    CallReport report() {
        return report;
    }
}
