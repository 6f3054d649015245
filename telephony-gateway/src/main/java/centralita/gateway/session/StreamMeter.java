package centralita.gateway.session;

import centralita.contracts.call.StreamQuality;

/** Reads what a stream's parts have measured since the last bridge was told. Event loop only. */
final class StreamMeter {
    private final CallerAudio caller;
    private final PacedPlayback playback;
    private long toldPlayedMs;
    private long toldDroppedMs;

    StreamMeter(CallerAudio caller, PacedPlayback playback) {
        this.caller = caller;
        this.playback = playback;
    }

    /** What is new since the last time; tell it to one bridge only. */
    StreamQuality take(long nowMs) {
        var arrivals = caller.arrivals();
        var dry = playback.dryRuns();
        var playedMs = playback.playedMs(nowMs);
        var droppedMs = caller.droppedMs();
        var wayMs = playback.wayMs();
        var quality = new StreamQuality(
                arrivals.frames(),
                Math.max(0, playedMs - toldPlayedMs),
                arrivals.holes(),
                arrivals.missingMs(),
                arrivals.longestGapMs(),
                arrivals.jitterMicros(),
                arrivals.lateFrames(),
                droppedMs - toldDroppedMs,
                dry.count(),
                dry.lengthMs(),
                wayMs < 0 ? null : wayMs);
        toldPlayedMs = Math.max(playedMs, toldPlayedMs);
        toldDroppedMs = droppedMs;
        arrivals.reset();
        dry.reset();
        return quality;
    }
}
