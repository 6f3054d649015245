package centralita.bridge.session;

import centralita.bridge.conversation.life.StreamTime;
import io.netty.buffer.ByteBuf;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller's audio on its way to the model: at once when it can be heard, later when it cannot, and without holes. On
 * the media event loop only.
 */
final class CallerToModel {
    /** What a model needs to hear before the words begin. */
    private static final long LEAD_IN_MS = 500;

    private final ModelSessions model;
    private final BooleanSupplier listening;
    private final LongSupplier neededFromMs;
    private final CallerAudio audio;
    private final HeardOfCaller heard;
    private final long stalledAfterMs;
    private final long stallFillMs;
    /** By the gateway's clock. */
    private long lastAudioMs;

    private boolean stallFilled;
    private long toldDroppedMs;
    private String streamSid = "";
    private long knownUntilMs;
    private long speechEndMs;
    private boolean heardAgain;
    /** How much of him the session has for sure. */
    private long arrivedMs;

    /**
     * @param listening whether the caller's audio is of use to the model now
     * @param neededFromMs from where on the session's time line what he said may be wanted again; -1: nowhere
     */
    CallerToModel(SessionConfig config, ModelSessions model, BooleanSupplier listening, LongSupplier neededFromMs) {
        this.model = model;
        this.listening = listening;
        this.neededFromMs = neededFromMs;
        this.heard = new HeardOfCaller(config.keptAudio().toMillis());
        this.audio = new CallerAudio(
                config.keptAudio().toMillis(), config.longestFilledGap().toMillis());
        this.stalledAfterMs = config.stalledAfter().toMillis();
        this.stallFillMs = config.stallFill().toMillis();
    }

    /** A new stream counts its time from its own beginning. @param gatewayLivedMs by the clock of the gateway that brings it */
    void newStream(long gatewayLivedMs, String sid) {
        audio.newStream();
        streamSid = sid;
        knownUntilMs = 0;
        lastAudioMs = gatewayLivedMs;
    }

    /** The history has what the caller said until then: it is told to the model, not heard once more. */
    void knownUntil(long streamMs) {
        knownUntilMs = streamMs;
        audio.forgetBefore(streamMs);
    }

    /** Where in the caller's stream the serving session's moment was; null when that is not known. */
    @Nullable
    StreamTime streamTime(long sessionMs) {
        var ms = audio.momentMs(audio.keptMs() + heard.heardMs() - sessionMs);
        return ms < 0 ? null : new StreamTime(streamSid, ms);
    }

    /** The serving session has heard the end of his speech. */
    void speechEnded(long sessionMs) {
        speechEndMs = sessionMs;
    }

    /** The next session hears again what the lost one heard from there on, with a moment before it. */
    void hearAgain(long sessionMs) {
        // The end of what he said before, which was written down, is not heard again.
        var notBeforeMs = speechEndMs <= sessionMs ? speechEndMs : 0;
        audio.keepFirst(heard.since(Math.max(notBeforeMs, sessionMs - LEAD_IN_MS)));
        heardAgain = true;
    }

    /** A copy of what the session has heard between two moments of its time line, as far as it is still here. */
    byte[] heard(long fromMs, long toMs) {
        return heard.between(fromMs, toMs);
    }

    /**
     * The session that heard him is left. He may have begun to speak, and it had not noticed yet, or it was dead long
     * before that was known (F-R7).
     */
    void sessionLeft() {
        if (!heardAgain) {
            audio.keepFirst(heard.since(Math.max(speechEndMs, arrivedMs - LEAD_IN_MS)));
        }
        heardAgain = false;
        speechEndMs = 0;
        arrivedMs = 0;
        heard.restart();
    }

    /**
     * @param gatewayLivedMs by the clock of the gateway that brings it
     * @param stampMs stream time of the first sample
     * @param mulaw valid during this call
     */
    void offer(long gatewayLivedMs, long stampMs, ByteBuf mulaw) {
        lastAudioMs = gatewayLivedMs;
        stallFilled = false;
        if (stampMs < knownUntilMs) {
            return;
        }
        audio.offer(stampMs, mulaw, this::pass);
    }

    /**
     * Nothing came for a while in the middle of the caller's speech: without silence its end is never found. A gateway that
     * stands still is no silence of his: he may be speaking, and what he says will come.
     *
     * @param gatewayLivedMs by the clock that goes while his gateway is heard
     */
    void fillStall(long gatewayLivedMs) {
        if (!stallFilled && gatewayLivedMs - lastAudioMs >= stalledAfterMs) {
            stallFilled = true;
            audio.fill(stallFillMs, this::pass);
        }
    }

    private void pass(ByteBuf mulaw) {
        if (!audio.keeps() && canPass()) {
            hear(mulaw);
        } else {
            audio.keep(mulaw);
            catchUp();
        }
    }

    /** What was kept goes to the model, if it hears again. */
    void catchUp() {
        while (audio.keeps() && canPass()) {
            hear(audio.take());
        }
    }

    private void hear(ByteBuf mulaw) {
        var fromMs = neededFromMs.getAsLong();
        var neededMs = fromMs < 0 ? arrivedMs : Math.min(arrivedMs, fromMs);
        heard.add(mulaw, Math.max(0, neededMs - LEAD_IN_MS));
        model.hear(mulaw);
        arrivedMs = model.arrivedMs();
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
        heard.restart();
    }
}
