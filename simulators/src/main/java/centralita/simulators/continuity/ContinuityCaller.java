package centralita.simulators.continuity;

import centralita.simulators.continuity.Asked.Outcome;
import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.ClipRecognizer.Heard;
import centralita.simulators.speech.Clips;
import centralita.simulators.speech.Mulaw;
import centralita.simulators.speech.QuietStamp;
import centralita.simulators.twilio.CallReport;
import centralita.simulators.twilio.Handset;
import centralita.simulators.twilio.LineEvent;
import centralita.simulators.twilio.PhoneLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A caller who asks, waits, asks again what he was told before, and says goodbye. While he is silent, every frame he
 * sends says whose it is ({@link QuietStamp}), so that what the model hears can be held against what he sent. Patience is
 * counted in telephone time. All on the line's event loop, but {@link #struck()} and {@link #report()}.
 */
public final class ContinuityCaller implements Handset {
    private static final Pattern AFTER_STREAM =
            Pattern.compile("/after-stream/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");
    private static final int FRAME_MS = 20;
    private static final int LISTEN_EVERY_MS = 300;
    private static final int BREATH_MS = 500;
    static final int PATIENCE_MS = 12_000;
    private static final int GREETING_PATIENCE_MS = 20_000;
    private static final int HANG_UP_PATIENCE_MS = 15_000;
    private static final int MOST_TRIES = 3;
    /** What is under way when the call ends need not arrive. */
    private static final int LAST_FRAMES = 150;

    private final int caller;
    private final String language;
    private final CallerMind mind;
    private final CallerEar ear;
    private final CompletableFuture<ContinuityReport> report = new CompletableFuture<>();
    private final AtomicInteger strikes = new AtomicInteger();
    private final List<Asked> asked = new ArrayList<>();
    private final BitSet quiet = new BitSet();
    private @Nullable PhoneLine line;
    private String callId = "";
    private long answeredAtMs = -1;
    private int frame;
    private boolean streaming;
    private int strikesSeen;
    /** Frame at which something is said into a gap; -1 for never. */
    private int speakAtFrame = -1;

    private Question question = Question.GREETING;
    private int tries = 1;
    private byte[] voice = {};
    private int voiceAt;
    /** Of the voice, bytes for which there was a stream. */
    private int voiceSent;

    private long fromMs;
    private long toMs;
    private int waitingSinceFrame;
    private int soundAfterFrames = -1;
    private final Silence silence = new Silence();
    private boolean waiting = true;
    private boolean finished;
    private List<Integer> numbers = List.of();

    /**
     * @param caller unique in a run
     * @param language of the clips
     * @param talkMs telephone time before the caller comes to his end
     */
    public ContinuityCaller(int caller, String language, long talkMs, long seed, ClipRecognizer recognizer) {
        this.caller = caller;
        this.language = language;
        this.mind = new CallerMind(seed, talkMs);
        this.ear = new CallerEar(recognizer);
    }

    /** Something was done to the suite just now: the caller says something into it. From any thread. */
    public void struck() {
        strikes.incrementAndGet();
    }

    /** Completes when the call is over. */
    public CompletableFuture<ContinuityReport> report() {
        return report;
    }

    @Override
    public void connected(PhoneLine connected) {
        line = connected;
        answeredAtMs = nowMs();
    }

    @Override
    public void speak(byte[] out) {
        notices();
        follow();
        if (voiceAt < voice.length) {
            int taken = Math.min(out.length, voice.length - voiceAt);
            System.arraycopy(voice, voiceAt, out, 0, taken);
            voiceAt += taken;
            voiceSent += streaming ? taken : 0;
            if (voiceAt == voice.length) {
                spoken();
            }
        } else {
            if (waiting) {
                silence.goOn();
            }
            new QuietStamp(caller, frame, 0).write(out, 0);
            if (streaming) {
                quiet.set(frame);
            }
        }
        frame++;
    }

    @Override
    public void hear(byte[] in, int audioBytes) {
        ear.hear(in, audioBytes, nowMs());
        if (audioBytes > 0) {
            silence.heard();
        }
        if (waiting && audioBytes > 0 && soundAfterFrames < 0) {
            soundAfterFrames = frame - waitingSinceFrame;
        }
    }

    @Override
    public void notice(LineEvent event) {
        switch (event) {
            case LineEvent.Fetched(var _, var twiml) -> {
                var after = AFTER_STREAM.matcher(twiml);
                if (after.find()) {
                    callId = after.group(1);
                    ear.belongsTo(callId);
                }
            }
            case LineEvent.StreamOpened _ -> streaming = true;
            case LineEvent.StreamClosed _ -> streaming = false;
            case LineEvent.Announced _, LineEvent.StreamCleared _ -> {}
        }
    }

    @Override
    public void ended(CallReport call) {
        if (waiting && !finished) {
            note(Outcome.ENDED);
        }
        ear.close();
        if (frame > LAST_FRAMES) {
            quiet.clear(frame - LAST_FRAMES, frame);
        } else {
            quiet.clear();
        }
        report.complete(new ContinuityReport(
                caller,
                callId,
                call,
                answeredAtMs,
                nowMs(),
                finished,
                ear.greetings(),
                List.copyOf(asked),
                ear.voices(),
                ear.crossed(),
                quiet));
    }

    /** A strike asks for something to be said soon, whatever is being waited for. */
    private void notices() {
        if (strikes.get() != strikesSeen && !finished) {
            strikesSeen = strikes.get();
            speakAtFrame = frame + mind.struck() / FRAME_MS;
        }
    }

    private void follow() {
        boolean speaking = voiceAt < voice.length;
        if (speaking || finished && !overdue(HANG_UP_PATIENCE_MS)) {
            return;
        }
        if (finished) {
            // Nobody hung up; the report says who did.
            if (line != null) {
                line.hangUp();
            }
            return;
        }
        if (speakAtFrame >= 0 && frame >= speakAtFrame) {
            speakAtFrame = -1;
            if (waiting) {
                note(Outcome.ABANDONED);
            }
            ask(mind.next(elapsedMs()), 1);
        } else if (waiting && sinceWaiting() % LISTEN_EVERY_MS == 0) {
            await();
        } else if (!waiting && speakAtFrame < 0 && ear.quietMs() >= BREATH_MS) {
            ask(mind.next(elapsedMs()), 1);
        }
    }

    private void await() {
        var outcome = outcome(ear.listen());
        if (outcome == null) {
            return;
        }
        note(outcome);
        if ((outcome == Outcome.UNANSWERED || outcome == Outcome.CUT)
                && tries < MOST_TRIES
                && question != Question.GREETING) {
            ask(question, tries + 1);
        } else if (question == Question.GOODBYE) {
            finished = true;
            waitingSinceFrame = frame;
        } else if (question == Question.HOURS && outcome == Outcome.ANSWERED) {
            ask(mind.next(elapsedMs()), 1);
        }
    }

    /** @return null while there is hope */
    private @Nullable Outcome outcome(List<Heard> heard) {
        double share = HeardPieces.share(heard, question.answer());
        for (var clip : heard) {
            if (clip.clip().name().equals(question.unknown()) && clip.share() > 0.5) {
                return Outcome.FORGOTTEN;
            }
        }
        numbers = heard.stream()
                .map(clip -> clip.clip().name())
                .filter(name -> name.startsWith("number-"))
                .map(name -> Integer.parseInt(name.substring("number-".length())))
                .toList();
        if (share >= question.enough()) {
            return Outcome.ANSWERED;
        }
        if (!overdue(question == Question.GREETING ? GREETING_PATIENCE_MS : PATIENCE_MS) || ear.quietMs() == 0) {
            return null;
        }
        return share > 0 ? Outcome.CUT : Outcome.UNANSWERED;
    }

    private void note(Outcome outcome) {
        var one = new Asked(
                question,
                tries,
                fromMs,
                toMs,
                voice.length / Mulaw.BYTES_PER_MS,
                voiceSent / Mulaw.BYTES_PER_MS,
                soundAfterFrames < 0 ? -1 : soundAfterFrames * FRAME_MS,
                (long) silence.longestFrames() * FRAME_MS,
                outcome,
                numbers);
        asked.add(one);
        mind.learned(one);
        waiting = false;
    }

    private void ask(Question next, int attempt) {
        question = next;
        tries = attempt;
        numbers = List.of();
        voice = next.said() == null
                ? new byte[0]
                : Clips.recorded().get(language, next.said()).mulaw();
        voiceAt = 0;
        voiceSent = 0;
        fromMs = nowMs();
        ear.forget();
    }

    private void spoken() {
        toMs = nowMs();
        waiting = true;
        waitingSinceFrame = frame;
        soundAfterFrames = -1;
        silence.begin();
    }

    private int sinceWaiting() {
        return (frame - waitingSinceFrame) * FRAME_MS;
    }

    private boolean overdue(int patienceMs) {
        return sinceWaiting() >= patienceMs;
    }

    private long elapsedMs() {
        return (long) frame * FRAME_MS;
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
