package centralita.bridge.session;

import centralita.bridge.model.LostSession;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelConnector;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.bridge.model.OpenedSession;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The model sessions of one call: one serves, and at times a second one is made ready beside it. While none serves, what
 * is said to it is lost. On the media event loop only.
 */
final class ModelSessions {
    private static final Logger LOG = Logger.getLogger(ModelSessions.class);
    /** An order to the model's ear at most: longer audio is cut, so that no event passes the API's limit. */
    private static final int LONGEST_APPEND_BYTES = 32 * 1024;

    private final ModelOrder order;
    private final ModelConnector connector;
    private final ReconnectPace pace;
    private @Nullable Session serving;
    private @Nullable Session successor;
    private int wishes;
    private int successorWishes;
    private boolean paused;
    private boolean over;

    ModelSessions(ModelOrder order, ModelConnector connector, ReconnectPace pace) {
        this.order = order;
        this.connector = connector;
        this.pace = pace;
    }

    /** Opens the first session, of a provider that may be asked. @param ear hears it until it is gone or left */
    void open(ModelListener ear) {
        if (!over) {
            serve(choose(connector.usable(), "", List.of()), ear);
        }
    }

    /**
     * Leaves the session that serves, if there is one, and opens another after a while. That a provider is to be left alone
     * decides between several only: a call that has begun would be lost with nobody to ask. A second session that is still
     * to come is given up.
     *
     * @param prefer asked if he may be; empty: the first in the list
     * @param without not asked
     */
    void reopen(int attempt, long waitMs, String prefer, List<String> without, ModelListener ear) {
        leave(serving);
        serving = null;
        leaveSuccessor();
        var wish = ++wishes;
        var places = pace.enter(attempt, waitMs, () -> {
            if (!over && wish == wishes && serving == null) {
                serve(chooseAnyhow(prefer, without), ear);
            }
        });
        if (!places) {
            pace.soon(() -> notServing(wish, new LostSession(prefer, true, "too-many-reconnect", 0), ear));
        }
    }

    /** Whether somebody who may be asked is not among these. */
    boolean anotherMayAnswer(List<String> without) {
        return choose(connector.usable(), "", without) != null;
    }

    /** Leaves the session that serves because it gives no answer. */
    void abandon() {
        var session = serving;
        if (session != null) {
            LOG.warnf(
                    "A session of the model gives no answer and is left. callId=%s provider=%s",
                    order.callId(), session.provider);
            session.left = true;
            session.connection.abandon();
            serving = null;
            paused = false;
        }
    }

    private void serve(@Nullable String provider, ModelListener ear) {
        if (provider == null) {
            var wish = ++wishes;
            pace.soon(() -> notServing(wish, LostSession.NOBODY_TO_ASK, ear));
        } else {
            serving = new Session(provider, ear);
        }
    }

    private void notServing(int wish, LostSession lost, ModelListener ear) {
        if (!over && wish == wishes && serving == null) {
            ear.onClosed(lost);
        }
    }

    private @Nullable String chooseAnyhow(String prefer, List<String> without) {
        var usable = choose(connector.usable(), prefer, without);
        return usable == null ? choose(connector.names(), prefer, without) : usable;
    }

    private static @Nullable String choose(List<String> names, String prefer, List<String> without) {
        var left = names.stream().filter(one -> !without.contains(one)).toList();
        if (left.contains(prefer)) {
            return prefer;
        }
        return left.isEmpty() ? null : left.getFirst();
    }

    /**
     * Opens a second session beside the one that serves, after a while.
     *
     * @param listener hears of it until it serves or is gone
     */
    void openSuccessor(int attempt, long waitMs, String prefer, ModelListener listener) {
        leaveSuccessor();
        var wish = successorWishes;
        var places = pace.enter(attempt - 1, waitMs, () -> {
            if (over || wish != successorWishes) {
                return;
            }
            var provider = chooseAnyhow(prefer, List.of());
            if (provider != null) {
                successor = new Session(provider, listener);
            } else {
                listener.onClosed(new LostSession(prefer, true, "nobody-to-ask", 0));
            }
        });
        if (!places) {
            pace.soon(() -> {
                if (!over && wish == successorWishes) {
                    listener.onClosed(new LostSession(prefer, true, "too-many-reconnect", 0));
                }
            });
        }
    }

    /** Also one whose turn to be opened has not come. */
    private void leaveSuccessor() {
        successorWishes++;
        leave(successor);
        successor = null;
    }

    /** Tells the second session something before it serves. */
    void tellSuccessor(ModelCommand command) {
        var next = successor;
        if (next != null) {
            next.connection.send(command);
        }
    }

    /**
     * The second session serves from now on; the one before is closed.
     *
     * @param ear hears it from now on
     * @return the one that serves now; null when it has gone in the same moment
     */
    @Nullable
    OpenedSession change(ModelListener ear) {
        leave(serving);
        serving = successor;
        successor = null;
        paused = false;
        wishes++;
        var next = serving;
        if (next == null) {
            return null;
        }
        next.listener = ear;
        return next.opened;
    }

    private static void leave(@Nullable Session session) {
        if (session != null) {
            session.left = true;
            session.connection.close();
        }
    }

    void send(ModelCommand command) {
        var session = serving;
        if (session != null) {
            session.connection.send(command);
        }
    }

    /** Whether there is a session that takes audio now. */
    boolean takesAudio() {
        var session = serving;
        return session != null && !session.connection.full();
    }

    /** How much of the caller's audio the session that serves has for sure. */
    long arrivedMs() {
        var session = serving;
        return session == null ? 0 : session.connection.arrivedMs();
    }

    /** The caller's audio, of any length. */
    void hear(ByteBuf mulaw) {
        var session = serving;
        if (session == null) {
            return;
        }
        while (mulaw.readableBytes() > LONGEST_APPEND_BYTES) {
            session.connection.hear(mulaw.readSlice(LONGEST_APPEND_BYTES));
        }
        session.connection.hear(mulaw);
    }

    /** Leaves what the model says in its socket, so that it must wait. */
    void pause() {
        var session = serving;
        if (!paused && session != null) {
            paused = true;
            session.connection.pause();
        }
    }

    boolean paused() {
        return paused;
    }

    void resume() {
        var session = serving;
        if (paused) {
            paused = false;
            if (session != null) {
                session.connection.resume();
            }
        }
    }

    /** Ends all sessions, also those that are still being opened; there will be no other (I7, F-O10). */
    void close() {
        over = true;
        leave(serving);
        leave(successor);
        serving = null;
        successor = null;
    }

    /** One session, from the attempt to open it. */
    private final class Session implements ModelListener {
        private final String provider;
        private final ModelConnection connection;
        private ModelListener listener;
        private @Nullable OpenedSession opened;
        private boolean left;

        Session(String provider, ModelListener listener) {
            this.provider = provider;
            this.listener = listener;
            this.connection = connector.open(provider, order, this);
        }

        @Override
        public void onReady(OpenedSession session) {
            if (!left) {
                opened = session;
                listener.onReady(session);
            }
        }

        @Override
        public void onAudio(String responseId, String itemId, byte[] mulaw) {
            if (!left) {
                listener.onAudio(responseId, itemId, mulaw);
            }
        }

        @Override
        public void onEvent(ModelEvent event) {
            if (!left) {
                listener.onEvent(event);
            }
        }

        @Override
        public void onDrained() {
            if (!left) {
                listener.onDrained();
            }
        }

        @Override
        public void onClosed(LostSession lost) {
            if (left) {
                return;
            }
            left = true;
            LOG.warnf(
                    "A session of the model is gone. callId=%s provider=%s why=%s retryable=%s serving=%s",
                    order.callId(), provider, lost.why(), lost.retryable(), this == serving);
            if (this == serving) {
                serving = null;
                paused = false;
            } else {
                successor = null;
            }
            listener.onClosed(lost);
        }
    }
}
