package centralita.contracts.call;

import org.jspecify.annotations.Nullable;

/**
 * How the audio of one media stream, or of several of one conversation, came through the gateway. Measured on the
 * gateway's own clock; frames are 20 ms.
 *
 * @param framesIn frames of the caller that came
 * @param playedMs audio of the assistant that the caller heard
 * @param holes places where the stream's own time stamps jump: audio that never came
 * @param missingMs length of all holes
 * @param longestGapMs longest time between the arrivals of two frames
 * @param jitterMicros mean of the interarrival jitter as RFC 3550 (6.4.1) estimates it
 * @param lateFrames frames that came at least 60 ms later than the stream's quickest ones
 * @param droppedMs audio of the caller that came and that no model heard, because nobody could take it in time
 * @param underruns times that the assistant's audio ran dry in the middle of an item
 * @param underrunMs silence that the caller heard in them
 * @param wayMs to the provider's playback and back, of the quickest mark; null when no mark came back
 */
public record StreamQuality(
        long framesIn,
        long playedMs,
        int holes,
        long missingMs,
        long longestGapMs,
        long jitterMicros,
        long lateFrames,
        long droppedMs,
        int underruns,
        long underrunMs,
        @Nullable Long wayMs) {

    /** Both, one after the other; the jitter is the mean over their frames. */
    public StreamQuality plus(StreamQuality next) {
        var frames = framesIn + next.framesIn;
        return new StreamQuality(
                frames,
                playedMs + next.playedMs,
                holes + next.holes,
                missingMs + next.missingMs,
                Math.max(longestGapMs, next.longestGapMs),
                frames == 0 ? 0 : (jitterMicros * framesIn + next.jitterMicros * next.framesIn) / frames,
                lateFrames + next.lateFrames,
                droppedMs + next.droppedMs,
                underruns + next.underruns,
                underrunMs + next.underrunMs,
                wayMs == null ? next.wayMs : next.wayMs == null ? wayMs : Long.valueOf(Math.min(wayMs, next.wayMs)));
    }

    /** With audio that was lost further on. */
    public StreamQuality dropping(long moreMs) {
        return new StreamQuality(
                framesIn,
                playedMs,
                holes,
                missingMs,
                longestGapMs,
                jitterMicros,
                lateFrames,
                droppedMs + moreMs,
                underruns,
                underrunMs,
                wayMs);
    }
}
