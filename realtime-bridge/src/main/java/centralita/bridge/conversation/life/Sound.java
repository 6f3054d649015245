package centralita.bridge.conversation.life;

import centralita.contracts.call.CallQuality;
import centralita.contracts.call.StreamQuality;
import org.jspecify.annotations.Nullable;

/**
 * How the conversation has sounded so far.
 *
 * @param stream what the gateway has told of its streams; null: nothing yet
 * @param talkOverMs caller and assistant sounding at once, spans that are over
 * @param talkOverSinceMs since when they do now; -1 when they do not
 * @param answers that had audio
 * @param firstAnswerMs until the audio of the first of them
 * @param answersMs the same, of all together
 * @param slowestAnswerMs the same, of the slowest
 */
record Sound(
        @Nullable StreamQuality stream,
        long talkOverMs,
        long talkOverSinceMs,
        int answers,
        long firstAnswerMs,
        long answersMs,
        long slowestAnswerMs) {
    static final Sound NONE = new Sound(null, 0, -1, 0, 0, 0, 0);

    private static final int FRAME_MS = 20;
    /** Loss in longer bursts than this is rated as if it were no longer: the model was made for short ones. */
    private static final double LONGEST_BURST_RATIO = 2;

    Sound measured(StreamQuality more) {
        var all = stream == null ? more : stream.plus(more);
        return new Sound(all, talkOverMs, talkOverSinceMs, answers, firstAnswerMs, answersMs, slowestAnswerMs);
    }

    Sound answered(long afterMs) {
        return new Sound(
                stream,
                talkOverMs,
                talkOverSinceMs,
                answers + 1,
                answers == 0 ? afterMs : firstAnswerMs,
                answersMs + afterMs,
                Math.max(slowestAnswerMs, afterMs));
    }

    private Sound talkedOver(long ms, long sinceMs) {
        return new Sound(stream, talkOverMs + ms, sinceMs, answers, firstAnswerMs, answersMs, slowestAnswerMs);
    }

    /** Both sound while the model hears the caller and something that was sent to him is neither heard nor stopped. */
    static void watch(Step step) {
        var both = step.line.here()
                && step.floor.callerSpeaking()
                && (step.doubt == null || step.playback.unanswered() != null)
                && step.playback.items().stream().anyMatch(item -> item.number() > 0);
        var sinceMs = step.sound.talkOverSinceMs();
        if (both && sinceMs < 0) {
            step.sound = step.sound.talkedOver(0, step.nowMs);
        } else if (!both && sinceMs >= 0) {
            step.sound = step.sound.talkedOver(step.nowMs - sinceMs, -1);
        }
    }

    /** @return null when the gateway never said what it measured */
    @Nullable
    CallQuality quality(long nowMs) {
        if (stream == null) {
            return null;
        }
        var rating = Math.min(ratingOfCaller(stream), ratingOfAssistant(stream));
        return new CallQuality(
                stream,
                talkOverMs + (talkOverSinceMs < 0 ? 0 : nowMs - talkOverSinceMs),
                answers == 0 ? null : Long.valueOf(firstAnswerMs),
                answers == 0 ? null : Long.valueOf(answersMs / answers),
                answers == 0 ? null : Long.valueOf(slowestAnswerMs),
                rounded(rating, 10),
                rounded(EModel.mos(rating), 100));
    }

    /** The caller's voice: what never came, and what came and no model heard. */
    private static double ratingOfCaller(StreamQuality stream) {
        var cameMs = stream.framesIn() * FRAME_MS;
        return rating(stream, stream.missingMs() + stream.droppedMs(), stream.holes(), cameMs + stream.missingMs());
    }

    /** The assistant's voice: the silence in its sentences. */
    private static double ratingOfAssistant(StreamQuality stream) {
        return rating(stream, stream.underrunMs(), stream.underruns(), stream.playedMs() + stream.underrunMs());
    }

    private static double rating(StreamQuality stream, long lostMs, int bursts, long wholeMs) {
        if (wholeMs <= 0 || lostMs <= 0) {
            return EModel.rating(0, 1, EModel.BPL_PLAIN, delayMs(stream));
        }
        var share = Math.min(1, (double) lostMs / wholeMs);
        var meanBurst = bursts == 0 ? 1 : (double) lostMs / FRAME_MS / bursts;
        // By chance, a burst is 1 / (1 - share) frames long (G.107, 7.5).
        var burstRatio = Math.clamp(meanBurst * (1 - share), 1, LONGEST_BURST_RATIO);
        return EModel.rating(share * 100, burstRatio, EModel.BPL_PLAIN, delayMs(stream));
    }

    /** One way: half of the way there and back, the frame itself, and a buffer of twice the jitter. */
    private static double delayMs(StreamQuality stream) {
        var wayMs = stream.wayMs();
        return (wayMs == null ? 0 : wayMs / 2.0) + FRAME_MS + 2 * stream.jitterMicros() / 1000.0;
    }

    private static double rounded(double value, int parts) {
        return (double) Math.round(value * parts) / parts;
    }
}
