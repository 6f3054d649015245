package centralita.bridge.openai;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.time.Duration;

/** Pings a socket and tells when it is dead, whatever TCP says. On the media event loop only. */
final class SocketPulse {
    private static final int MISSED_AT_MOST = 2;

    private final Vertx vertx;
    private final WebSocket socket;
    private final Runnable whenDead;
    private long timer = -1;
    private int unanswered;

    /** @param whenDead runs at every beat after the last missed one, until {@link #stop()} */
    SocketPulse(Vertx vertx, WebSocket socket, Runnable whenDead) {
        this.vertx = vertx;
        this.socket = socket;
        this.whenDead = whenDead;
    }

    void start(Duration interval) {
        timer = vertx.setPeriodic(interval.toMillis(), _ -> beat());
    }

    /** A pong came. */
    void answered() {
        unanswered = 0;
    }

    private void beat() {
        if (unanswered >= MISSED_AT_MOST) {
            whenDead.run();
            return;
        }
        unanswered++;
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer("c"));
        }
    }

    void stop() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
    }
}
