package centralita.bridge.breaker;

import centralita.bridge.conversation.life.Input;
import centralita.bridge.model.LostSession;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.OpenedSession;
import centralita.bridge.session.MediaLoop;
import io.netty.buffer.ByteBuf;
import java.util.Set;

/**
 * One session under the eyes of its provider's guard. Good is what has completed a response: with an empty account the
 * handshake is fine and no answer comes. A session that was good and is lost later says nothing about the next one, but
 * one that keeps silent does, however good it was: so may every other. On the media event loop only.
 */
final class WatchedSession implements ModelListener {
    /** With any of these no session of this account will ever answer; what they say is not about one order. */
    private static final Set<String> ACCOUNT =
            Set.of("insufficient_quota", "billing_hard_limit_reached", "account_deactivated", "invalid_api_key");

    private final ProviderGuard guard;
    private final MediaLoop loop;
    private final ModelListener listener;
    private final int probe;
    private boolean ready;
    private boolean judged;

    WatchedSession(ProviderGuard guard, MediaLoop loop, ModelListener listener) {
        this.guard = guard;
        this.loop = loop;
        this.listener = listener;
        this.probe = guard.opening(loop.nowMs());
    }

    /** @return the session, which tells when it is closed by us */
    ModelConnection over(ModelConnection session) {
        return new Closing(session);
    }

    private boolean judge() {
        var first = !judged;
        judged = true;
        if (first) {
            guard.judged(probe);
        }
        return first;
    }

    @Override
    public void onReady(OpenedSession opened) {
        ready = true;
        listener.onReady(opened);
    }

    @Override
    public void onAudio(String responseId, String itemId, byte[] mulaw) {
        listener.onAudio(responseId, itemId, mulaw);
    }

    @Override
    public void onEvent(ModelEvent event) {
        switch (event) {
            case ModelEvent.ResponseDone done -> {
                var failure = done.failure();
                if (done.status() == Input.Status.COMPLETED && judge()) {
                    guard.succeeded(loop.nowMs());
                } else if (failure != null) {
                    failed(failure.code());
                }
            }
            case ModelEvent.Complained complaint -> failed(complaint.code());
            default -> {}
        }
        listener.onEvent(event);
    }

    private void failed(String code) {
        if (ACCOUNT.contains(code)) {
            judge();
            guard.cannotAnswer(loop.nowMs());
        }
    }

    @Override
    public void onDrained() {
        listener.onDrained();
    }

    @Override
    public void onClosed(LostSession lost) {
        if (judge() && !ready) {
            guard.failed(loop.nowMs(), lost.retryAfterMs());
        }
        listener.onClosed(lost);
    }

    private final class Closing implements ModelConnection {
        private final ModelConnection session;

        Closing(ModelConnection session) {
            this.session = session;
        }

        @Override
        public void hear(ByteBuf mulaw) {
            session.hear(mulaw);
        }

        @Override
        public void send(ModelCommand command) {
            session.send(command);
        }

        @Override
        public boolean full() {
            return session.full();
        }

        @Override
        public long arrivedMs() {
            return session.arrivedMs();
        }

        @Override
        public void pause() {
            session.pause();
        }

        @Override
        public void resume() {
            session.resume();
        }

        @Override
        public void close() {
            judge();
            session.close();
        }

        @Override
        public void abandon() {
            judge();
            guard.failed(loop.nowMs(), 0);
            session.abandon();
        }
    }
}
