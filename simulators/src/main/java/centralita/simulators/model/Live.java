package centralita.simulators.model;

import centralita.simulators.model.protocol.Conversation;
import centralita.simulators.model.protocol.Refusal;
import centralita.simulators.model.protocol.SessionSettings;
import centralita.simulators.model.protocol.TokenUsage;
import centralita.simulators.model.scenario.Scenario;
import centralita.simulators.speech.ClipRecognizer;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** What the parts of one running session share. Belongs to the session's event loop. */
final class Live {
    final Vertx vertx;
    final Wire wire;
    final Handshake handshake;
    final ModelStandInOptions options;
    final FaultBoard faults;
    final ClipRecognizer recognizer;
    final SessionJournal journal;
    final SessionWitness.Watch watch;
    final Conversation conversation;
    SessionSettings settings;
    /** Input of the last response, which the next one finds in the cache. */
    TokenUsage cached = TokenUsage.NONE;
    /** Whether the caller's audio comes back instead of being understood. */
    boolean parrot;

    boolean hasSpoken;
    private long ids;

    Live(
            Vertx vertx,
            Wire wire,
            Handshake handshake,
            ModelStandInOptions options,
            FaultBoard faults,
            ClipRecognizer recognizer,
            SessionSettings settings) {
        this.vertx = vertx;
        this.wire = wire;
        this.handshake = handshake;
        this.options = options;
        this.faults = faults;
        this.recognizer = recognizer;
        this.settings = settings;
        journal = new SessionJournal(handshake);
        watch = options.witness().opened(handshake.sessionId(), handshake.clientRequestId());
        conversation = new Conversation("conv_" + handshake.sessionId().substring("sess_".length()));
        parrot = handshake.scenario().parrot();
    }

    Scenario scenario() {
        return handshake.scenario();
    }

    double speed() {
        return scenario().speed().orElse(options.speed());
    }

    /** @return an id that is unique in the stand-in and has at most 32 characters */
    String nextId(String kind) {
        return kind + "_" + handshake.sessionId().substring("sess_".length()) + "_" + ++ids;
    }

    void refuse(Refusal refusal, @Nullable String clientEventId) {
        journal.error(refusal.code());
        wire.sendError(refusal, clientEventId);
    }
}
