package centralita.gateway.session;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkControl.HeardItem;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The assistant's audio on its way to the caller: at the pace of his ear, with a soft note where words are late. Event loop
 * only.
 */
final class AssistantAudio implements PacedPlayback.Out {
    /** Marks that are not back so long after the last sound will not come. */
    private static final long PLAYOUT_GRACE_MS = 2_000;
    /** Between two words it is not quiet for so long. */
    private static final long QUIET_MS = 300;

    private final CallerSocket socket;
    private final Ear ear;
    private final SessionConfig config;
    private final LongSupplier clock;
    private final @Nullable StreamTap tap;
    private final @Nullable EchoGuard guard;
    private final PacedPlayback playback;
    private final LossFiller lossFiller;
    private boolean farewell;
    private boolean closed;
    private long stalledSinceMs = -1;

    /** Learns what the caller heard. */
    interface Ear {
        /** @param toItsEnd whether the item is over with it */
        void heard(int item, long heardMs, boolean toItsEnd);
    }

    /** @param tap hears what is sent; null for nobody @param guard null: nobody needs to know what the caller's loudspeaker says */
    AssistantAudio(
            CallerSocket socket,
            Ear ear,
            SessionConfig config,
            LongSupplier clock,
            @Nullable StreamTap tap,
            @Nullable EchoGuard guard) {
        this.socket = socket;
        this.ear = ear;
        this.config = config;
        this.clock = clock;
        this.tap = tap;
        this.guard = guard;
        this.playback = new PacedPlayback(
                new PacedPlayback.Pace(config.playAheadMs(), config.markEveryMs(), config.playQueueBytes()), this, tap);
        this.lossFiller = new LossFiller(config.fillerAfterMs());
    }

    /** For those who measure. */
    PacedPlayback playback() {
        return playback;
    }

    // From the bridge.

    /** @param mulaw valid during the call @return false when the model is too far ahead, and its answer ends here */
    boolean play(int item, ByteBuf mulaw) {
        lossFiller.spoken();
        return playback.play(item, mulaw, clock.getAsLong());
    }

    void itemEnd(int item) {
        playback.itemEnd(item, clock.getAsLong());
    }

    /** Forgets what was not heard yet. @return how far each item was heard */
    List<HeardItem> forget() {
        return playback.clear(clock.getAsLong());
    }

    /** Words are late: the silence is filled until some come. */
    void fill() {
        if (!closed && !farewell && config.fillerMs() > 0) {
            playback.fillSilence(clock.getAsLong(), config.fillerMs());
        }
    }

    /** A bridge serves the caller. @param goesOn whether with what the one before has said */
    void served(boolean goesOn) {
        if (!goesOn) {
            playback.newSpeaker();
        }
        if (lossFiller.served()) {
            playback.stopFilling();
        }
    }

    /** What comes now is the last that is said. */
    void lastWords() {
        farewell = true;
        playback.expectEnd();
    }

    void bridgeGone() {
        lossFiller.bridgeGone();
    }

    // From the provider.

    void markReturned(String name) {
        playback.markReturned(name, clock.getAsLong());
    }

    // From the clock.

    /** Sends what may be sent by now. @param caller who hears no filler while he speaks */
    void tick(long nowMs, CallerAudio caller) {
        if (playback.waiting()) {
            playback.pump(nowMs);
        }
        if (lossFiller.waiting()) {
            var silent = playback.silent(nowMs, 0);
            if (lossFiller.due(nowMs, silent, silent && caller.quiet(QUIET_MS))) {
                fill();
            }
        }
    }

    /** Whether the peer has taken nothing for longer than it may. */
    boolean stalled(long nowMs) {
        return !closed && stalledSinceMs >= 0 && nowMs - stalledSinceMs > config.writeStallMs();
    }

    /** Whether all was heard that will be. */
    boolean allHeard() {
        return playback.silent(clock.getAsLong(), PLAYOUT_GRACE_MS);
    }

    /** Whether the caller heard nothing of us for so long. */
    boolean silentFor(long nowMs, long ms) {
        return playback.silent(nowMs - ms, 0);
    }

    /** The stream is over. @return how far each item was heard */
    List<HeardItem> end() {
        closed = true;
        var nowMs = clock.getAsLong();
        if (tap != null) {
            tap.ended(nowMs, playback.heardUntil(nowMs));
        }
        return playback.heardSoFar(nowMs);
    }

    /** What a bridge that takes over needs to know of what the caller hears. */
    LinkControl.Playout handOn() {
        return playback.handOn(clock.getAsLong());
    }

    // To the caller.

    @Override
    public boolean media(byte[] mulaw, int offset, int length) {
        var taken = !closed && socket.media(mulaw, offset, length);
        if (taken) {
            if (guard != null) {
                var nowMs = clock.getAsLong();
                guard.plays(nowMs + playback.aheadMs(nowMs), mulaw, offset, length);
            }
            stalledSinceMs = -1;
        } else if (stalledSinceMs < 0) {
            stalledSinceMs = clock.getAsLong();
        }
        return taken;
    }

    @Override
    public void mark(String name) {
        socket.mark(name);
    }

    @Override
    public void clear() {
        if (guard != null) {
            guard.cleared(clock.getAsLong());
        }
        socket.clear();
    }

    @Override
    public void heard(int item, long heardMs, boolean toItsEnd) {
        ear.heard(item, heardMs, toItsEnd);
    }
}
