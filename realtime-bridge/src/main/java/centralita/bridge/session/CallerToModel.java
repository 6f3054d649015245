package centralita.bridge.session;

import io.netty.buffer.ByteBuf;
import java.util.function.BooleanSupplier;

/**
 * The caller's audio on its way to the model: at once when it can be heard, later when it cannot, and without holes. On
 * the media event loop only.
 */
final class CallerToModel {
    private final ModelSessions model;
    private final BooleanSupplier listening;
    private final CallerAudio audio;
    private final long stalledAfterMs;
    private final long stallFillMs;
    private long lastAudioMs;
    private boolean stallFilled;
    private long toldDroppedMs;

    /** @param listening whether the caller's audio is of use to the model now */
    CallerToModel(SessionConfig config, ModelSessions model, BooleanSupplier listening) {
        this.model = model;
        this.listening = listening;
        this.audio = new CallerAudio(
                config.keptAudio().toMillis(), config.longestFilledGap().toMillis());
        this.stalledAfterMs = config.stalledAfter().toMillis();
        this.stallFillMs = config.stallFill().toMillis();
    }

    /** A new stream counts its time from its own beginning. */
    void newStream(long nowMs) {
        audio.newStream();
        lastAudioMs = nowMs;
    }

    /** @param stampMs stream time of the first sample @param mulaw valid during this call */
    void offer(long nowMs, long stampMs, ByteBuf mulaw) {
        lastAudioMs = nowMs;
        stallFilled = false;
        audio.offer(stampMs, mulaw, this::pass);
    }

    /** Nothing came for a while in the middle of the caller's speech: without silence its end is never found. */
    void fillStall(long nowMs) {
        if (!stallFilled && nowMs - lastAudioMs >= stalledAfterMs) {
            stallFilled = true;
            audio.fill(stallFillMs, this::pass);
        }
    }

    private void pass(ByteBuf mulaw) {
        if (!audio.keeps() && canPass()) {
            model.hear(mulaw);
        } else {
            audio.keep(mulaw);
            catchUp();
        }
    }

    /** What was kept goes to the model, if it hears again. */
    void catchUp() {
        while (audio.keeps() && canPass()) {
            model.hear(audio.take());
        }
    }

    private boolean canPass() {
        return listening.getAsBoolean() && model.takesAudio();
    }

    /** Audio that no model has heard. */
    long droppedMs() {
        return audio.droppedMs();
    }

    /** The same, since the last time that somebody asked. */
    long newlyDroppedMs() {
        var more = audio.droppedMs() - toldDroppedMs;
        toldDroppedMs += more;
        return more;
    }

    /** Silence that the caller's stream lacked. */
    long filledMs() {
        return audio.filledMs();
    }

    /** What waits for a model that hears. */
    long keptMs() {
        return audio.keptMs();
    }

    void forget() {
        audio.forget();
    }
}
