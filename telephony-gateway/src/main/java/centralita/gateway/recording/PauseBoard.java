package centralita.gateway.recording;

import centralita.gateway.MediaLoop;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.LiveKeys;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Pauses recordings wherever they are made: a request may come to any gateway, and a call may move to another one. The
 * last word stands in Redis; who records looks at it some times a second. A word that came here counts here at once and
 * is told until Redis has it. Event loop only.
 */
@Singleton
class PauseBoard {
    private static final Logger LOG = Logger.getLogger(PauseBoard.class);
    private static final long LOOK_EVERY_MS = 250;
    private static final String PAUSED = "paused";
    private static final String RUNNING = "running";

    private final Recordings recordings;
    private final LiveStore store;
    private final MediaLoop loop;

    PauseBoard(Recordings recordings, LiveStore store, MediaLoop loop) {
        this.recordings = recordings;
        this.store = store;
        this.loop = loop;
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> loop.every(LOOK_EVERY_MS, this::look));
    }

    /**
     * Pauses or goes on.
     *
     * @return false when nobody knows the call; failed when it is not here and Redis is away
     */
    Future<Boolean> say(UUID callId, boolean paused) {
        if (recordings.pause(callId, paused)) {
            look();
            return Future.succeededFuture(true);
        }
        return store.call(callId)
                .compose(live -> live.isEmpty()
                        ? Future.succeededFuture(false)
                        : store.set(LiveKeys.recording(callId), word(paused), LiveKeys.CALL_TTL)
                                .map(true));
    }

    private static String word(boolean paused) {
        return paused ? PAUSED : RUNNING;
    }

    private void look() {
        var asked = new ArrayList<RecordedCall>();
        for (var call : recordings.active()) {
            if (call.untold) {
                tell(call);
            } else {
                asked.add(call);
            }
        }
        if (!asked.isEmpty()) {
            ask(asked);
        }
    }

    private void tell(RecordedCall call) {
        var words = call.words;
        store.set(LiveKeys.recording(call.callId), word(call.paused), LiveKeys.CALL_TTL)
                .onComplete(
                        _ -> call.untold = call.words != words,
                        failure -> LOG.debugf("A pause is told later. reason=%s", failure.getMessage()));
    }

    private void ask(ArrayList<RecordedCall> calls) {
        var words = calls.stream().mapToInt(call -> call.words).toArray();
        store.getAll(calls.stream().map(call -> LiveKeys.recording(call.callId)).toList())
                .onComplete(
                        answers -> {
                            for (var i = 0; i < calls.size(); i++) {
                                recordings.heard(
                                        calls.get(i), words[i], answers.get(i).map(PAUSED::equals));
                            }
                        },
                        failure -> LOG.debugf("Who paused is asked later. reason=%s", failure.getMessage()));
    }
}
