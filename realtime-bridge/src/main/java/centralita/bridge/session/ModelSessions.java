package centralita.bridge.session;

import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelConnector;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The model sessions of one call, one after another, never two. While there is none, what is said to it is lost. On the
 * media event loop only.
 */
final class ModelSessions {
    private static final Logger LOG = Logger.getLogger(ModelSessions.class);
    /** An order to the model's ear at most: longer audio is cut, so that no event passes the API's limit. */
    private static final int LONGEST_APPEND_BYTES = 32 * 1024;

    private static final int LONGEST_DELAY_MS = 8_000;
    private static final int LONGEST_RETRY_AFTER_MS = 20_000;

    private final ModelOrder order;
    private final ModelConnector connector;
    private final MediaLoop loop;
    private final RandomGenerator random;
    private final long firstDelayMs;
    private @Nullable ModelConnection current;
    private int number;
    private boolean paused;
    private boolean over;
    private long retryAfterMs;

    /** @param firstDelayMs before the first try to reconnect; doubled each time */
    ModelSessions(
            ModelOrder order, ModelConnector connector, MediaLoop loop, RandomGenerator random, long firstDelayMs) {
        this.order = order;
        this.connector = connector;
        this.loop = loop;
        this.random = random;
        this.firstDelayMs = firstDelayMs;
    }

    /** @param listener hears this session until it is gone or another one is opened */
    void open(ModelListener listener) {
        if (!over) {
            number++;
            paused = false;
            current = connector.open(order, new Ear(number, listener));
        }
    }

    /** Opens another one after a while. @param attempt from 1 */
    void reopen(int attempt, ModelListener listener) {
        current = null;
        var doubled = firstDelayMs << Math.min(attempt - 1, 5);
        // Jittered between half and whole: a hundred calls that were cut together come back one after another.
        var jittered = doubled / 2 + random.nextLong(doubled / 2 + 1);
        loop.after(Math.max(Math.min(LONGEST_DELAY_MS, jittered), retryAfterMs), () -> open(listener));
    }

    void send(ModelCommand command) {
        var session = current;
        if (session != null) {
            session.send(command);
        }
    }

    /** Whether there is a session that takes audio now. */
    boolean takesAudio() {
        var session = current;
        return session != null && !session.full();
    }

    /** The caller's audio, of any length. */
    void hear(ByteBuf mulaw) {
        var session = current;
        if (session == null) {
            return;
        }
        while (mulaw.readableBytes() > LONGEST_APPEND_BYTES) {
            session.hear(mulaw.readSlice(LONGEST_APPEND_BYTES));
        }
        session.hear(mulaw);
    }

    /** Leaves what the model says in its socket, so that it must wait. */
    void pause() {
        var session = current;
        if (!paused && session != null) {
            paused = true;
            session.pause();
        }
    }

    boolean paused() {
        return paused;
    }

    void resume() {
        var session = current;
        if (paused) {
            paused = false;
            if (session != null) {
                session.resume();
            }
        }
    }

    /** Ends the session, also one that is still being opened; there will be no other (I7). */
    void close() {
        over = true;
        number++;
        var session = current;
        current = null;
        if (session != null) {
            session.close();
        }
    }

    /** Hears one session; what an old one still says is nobody's business. */
    private final class Ear implements ModelListener {
        private final int session;
        private final ModelListener listener;

        Ear(int session, ModelListener listener) {
            this.session = session;
            this.listener = listener;
        }

        private boolean deaf() {
            return session != number;
        }

        @Override
        public void onReady(String modelSessionId, String model) {
            if (!deaf()) {
                listener.onReady(modelSessionId, model);
            }
        }

        @Override
        public void onAudio(String responseId, String itemId, byte[] mulaw) {
            if (!deaf()) {
                listener.onAudio(responseId, itemId, mulaw);
            }
        }

        @Override
        public void onEvent(ModelEvent event) {
            if (!deaf()) {
                listener.onEvent(event);
            }
        }

        @Override
        public void onDrained() {
            if (!deaf()) {
                listener.onDrained();
            }
        }

        @Override
        public void onClosed(boolean retryable, String why, long waitMs) {
            if (deaf()) {
                return;
            }
            LOG.warnf("The model's session is gone. callId=%s why=%s retryable=%s", order.callId(), why, retryable);
            current = null;
            retryAfterMs = Math.min(waitMs, LONGEST_RETRY_AFTER_MS);
            listener.onClosed(retryable, why, waitMs);
        }
    }
}
