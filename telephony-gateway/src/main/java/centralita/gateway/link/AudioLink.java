package centralita.gateway.link;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkRecord;
import centralita.audiolink.LinkVisit;
import centralita.audiolink.RecordKind;
import centralita.contracts.json.ContractsJson;
import centralita.gateway.MediaLoop;
import centralita.mediasocket.MediaSocket;
import io.micrometer.core.instrument.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.collection.IntObjectHashMap;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket to one bridge, for all calls that this gateway has there. What one pass of the event loop produced goes
 * out as one message. Event loop only.
 *
 * <p>Control records wait while the link connects, some hundred KiB of them at most. Caller audio never waits here: when
 * the link is not {@link #writable()}, it stays in the ring of its call.
 */
public final class AudioLink {
    private static final Logger LOG = Logger.getLogger(AudioLink.class);
    /** A batch is written when it is this long, to stay below every peer's limit of one record. */
    private static final int FULL_BATCH_BYTES = 192 * 1024;

    private static final int FIRST_BATCH_BYTES = 16 * 1024;
    private static final int KEPT_BATCH_BYTES = 64 * 1024;
    private static final short GOING_AWAY = 1001;

    private final String address;
    private final MediaLoop loop;
    private final AudioLinks links;
    private final Counter malformed;
    private final IntObjectHashMap<LinkListener> listeners = new IntObjectHashMap<>();
    private @Nullable WebSocket socket;
    private @Nullable MediaSocket media;
    /** Of the connection that is open or under way, else of the next one. */
    private LinkVisit visit;

    private ByteBuf batch = Unpooled.buffer(FIRST_BATCH_BYTES);
    private final Runnable flush = this::flush;
    private boolean flushPlanned;
    private boolean wasFull;
    private int sessions;
    private long heardMs;
    private boolean connecting;
    /** Whether it was left since it last began to connect. */
    private boolean left;

    private int failuresInARow;
    private long mayConnectMs;

    AudioLink(String address, MediaLoop loop, AudioLinks links, Counter malformed) {
        this.address = address;
        this.loop = loop;
        this.links = links;
        this.malformed = malformed;
        this.visit = links.visit(address);
    }

    public String address() {
        return address;
    }

    /** Opens a session under a new number; never used again on this connection. Connects when need be. */
    public int open(LinkListener listener) {
        var session = ++sessions;
        listeners.put(session, listener);
        connect();
        return session;
    }

    /** Forgets a session; what the bridge still says under its number is dropped. */
    public void close(int session) {
        listeners.remove(session);
    }

    /** Whether audio is taken now. When not, {@link LinkListener#writable} follows, or {@link LinkListener#lost}. */
    public boolean writable() {
        var current = media;
        if (current == null) {
            return false;
        }
        var full = current.outlet().full();
        wasFull |= full;
        return !full;
    }

    /** Appends an order, under the seal of this connection. @param kind PREPARE or ATTACH */
    public void order(int session, RecordKind kind, LinkControl body) {
        visit.seal().write(batch, session, kind, ContractsJson.write(body));
        appended();
    }

    /** Appends a control record that is no order. */
    public void control(int session, int stamp, RecordKind kind, LinkControl body) {
        LinkRecord.write(batch, session, stamp, kind, ContractsJson.write(body));
        appended();
    }

    /** Appends caller audio; the bytes are copied. */
    public void audio(int session, int stampMs, byte[] mulaw, int offset, int length) {
        LinkRecord.header(batch, session, stampMs, RecordKind.CALLER_AUDIO, length);
        batch.writeBytes(mulaw, offset, length);
        appended();
    }

    public void heard(int session, int item, long heardMs, boolean toItsEnd) {
        LinkRecord.writeHeard(batch, session, item, (int) heardMs, toItsEnd);
        appended();
    }

    private void appended() {
        if (batch.readableBytes() >= FULL_BATCH_BYTES) {
            flush();
        } else if (!flushPlanned && socket != null) {
            flushPlanned = true;
            loop.pass().atEnd(flush);
        }
    }

    private void flush() {
        flushPlanned = false;
        var current = media;
        if (current == null) {
            if (batch.readableBytes() >= FULL_BATCH_BYTES) {
                // A bridge that so many calls wait for and that does not answer is no bridge.
                lost("too much waits");
            }
            return;
        }
        if (batch.isReadable()) {
            current.outlet().binary(batch.array(), batch.arrayOffset() + batch.readerIndex(), batch.readableBytes());
            batch.clear();
            if (batch.capacity() > KEPT_BATCH_BYTES) {
                batch = Unpooled.buffer(FIRST_BATCH_BYTES);
            }
        }
    }

    /** The pause after a failure is over: there is a reason to believe that the bridge lives. */
    void tryAgain() {
        mayConnectMs = loop.nowMs();
    }

    /** Connects if it is not connected and the pause after a failure is over. */
    void connect() {
        left = false;
        if (socket != null || connecting) {
            return;
        }
        var now = loop.nowMs();
        if (now < mayConnectMs) {
            if (!listeners.isEmpty()) {
                // Later, so that who opened a session knows its number before it is lost.
                loop.run(() -> {
                    if (socket == null && !connecting) {
                        tellLost();
                    }
                });
            }
            return;
        }
        connecting = true;
        links.dial(address, visit).onComplete(this::connected, failure -> {
            connecting = false;
            lost("connecting failed: " + failure.getClass().getSimpleName());
        });
    }

    private void connected(WebSocket opened) {
        connecting = false;
        if (left) {
            // Who left meanwhile wants it no more.
            opened.close(GOING_AWAY, "the gateway leaves")
                    .onFailure(failure -> LOG.debugf("A link that was left was gone before. bridge=%s", address));
            visit = links.visit(address);
            tellLost();
            return;
        }
        socket = opened;
        media = MediaSocket.ofClient(opened, loop.pass(), LinkRecord.MAX_BATCH_BYTES, (text, bytes, length) -> {
            if (text) {
                malformed.increment();
            } else {
                received(opened, Unpooled.wrappedBuffer(bytes, 0, length));
            }
        });
        failuresInARow = 0;
        heardMs = loop.nowMs();
        opened.setWriteQueueMaxSize(links.writeQueueBytes());
        opened.drainHandler(_ -> drained());
        opened.pongHandler(_ -> heardMs = loop.nowMs());
        opened.binaryMessageHandler(message -> received(opened, message.getByteBuf()));
        opened.textMessageHandler(_ -> malformed.increment());
        opened.exceptionHandler(_ -> lostIf(opened, "an error of the socket"));
        opened.closeHandler(_ -> lostIf(opened, "closed"));
        LOG.infof("An audio link is open. bridge=%s", address);
        flush();
        forEachListener(LinkListener::writable);
    }

    private void drained() {
        if (wasFull) {
            wasFull = false;
            forEachListener(LinkListener::writable);
        }
    }

    private void received(WebSocket from, ByteBuf batch) {
        if (from != socket) {
            return;
        }
        heardMs = loop.nowMs();
        try {
            LinkRecord.readAll(batch, this::record);
        } catch (LinkRecord.MalformedBatchException _) {
            malformed.increment();
            from.close((short) 1002, "malformed batch");
            lost("it sent a malformed batch");
        }
    }

    private void record(int session, int stamp, RecordKind kind, ByteBuf body) {
        var listener = listeners.get(session);
        if (listener == null) {
            return;
        }
        try {
            switch (kind) {
                case PLAY -> listener.play(stamp, body);
                case ITEM_END -> listener.itemEnd(stamp);
                case CLEAR -> listener.clear(stamp);
                case HANG_UP -> {
                    var order = control(body, LinkControl.HangUp.class);
                    listener.hangUp(order.reason(), order.afterPlayout());
                }
                case READY -> {
                    var ready = control(body, LinkControl.Ready.class);
                    listener.ready(ready.epoch(), ready.goesOn());
                }
                case REFUSED -> {
                    listeners.remove(session);
                    var refused = control(body, LinkControl.Refused.class);
                    if (refused.ended() == null) {
                        listener.refused(refused.reason());
                    } else {
                        listener.callIsOver(refused.ended());
                    }
                }
                case GIVE_AWAY ->
                    listener.giveAway(control(body, LinkControl.GiveAway.class).reason());
                case PREPARED -> listener.prepared();
                case RELEASED -> {
                    listeners.remove(session);
                    listener.released(Integer.toUnsignedLong(stamp));
                }
                case FILLER -> listener.filler();
                // Ours, or reserved: nothing that a bridge says today.
                case CALLER_AUDIO, PREPARE, ATTACH, DTMF, HEARD, CLEARED, DETACHED, HAND_OVER, TRANSFER ->
                    malformed.increment();
            }
        } catch (IllegalArgumentException _) {
            // A control record that cannot be read harms one call at most.
            malformed.increment();
        }
    }

    private static <T extends LinkControl> T control(ByteBuf body, Class<T> type) {
        var json = new byte[body.readableBytes()];
        body.getBytes(body.readerIndex(), json);
        return ContractsJson.read(json, type);
    }

    /** Pings, and gives up a bridge that has been silent for too long. @param lateMs how late the timer came */
    void watch(long deadMs, long lateMs) {
        var current = socket;
        if (current == null) {
            return;
        }
        // Our own loop stood still: what the bridge said meanwhile is not read yet.
        heardMs += Math.max(0, lateMs);
        if (loop.nowMs() - heardMs > deadMs) {
            lost("silent");
            current.close(GOING_AWAY, "silent");
        } else {
            current.writePing(Buffer.buffer()).onFailure(_ -> lostIf(current, "a ping failed"));
        }
    }

    private void lostIf(WebSocket which, String why) {
        if (which == socket) {
            lost(why);
        }
    }

    private void lost(String why) {
        var was = socket;
        socket = null;
        media = null;
        if (was != null || failuresInARow == 0) {
            LOG.warnf("An audio link is lost. bridge=%s reason=\"%s\" sessions=%d", address, why, listeners.size());
        }
        if (!connecting) {
            visit = links.visit(address);
        }
        mayConnectMs = loop.nowMs() + links.pauseMs(failuresInARow++);
        links.lost();
        tellLost();
    }

    private void tellLost() {
        batch.clear();
        wasFull = false;
        var told = new ArrayList<>(listeners.values());
        listeners.clear();
        told.forEach(LinkListener::lost);
    }

    private void forEachListener(Consumer<LinkListener> action) {
        new ArrayList<>(listeners.values()).forEach(action);
    }

    /** Whether the bridge gave a sign of life lately. */
    boolean alive(long deadMs) {
        return socket != null && loop.nowMs() - heardMs <= deadMs;
    }

    /** Whether the last attempts to reach it failed. */
    boolean failing() {
        return socket == null && failuresInARow > 0;
    }

    boolean idle() {
        return listeners.isEmpty();
    }

    /** Sends what waits and closes in order; listeners are told nothing. @return completed when it has left */
    Future<Void> leave() {
        left = true;
        flush();
        var leaving = media;
        if (leaving != null) {
            leaving.outlet().flush();
        }
        var current = socket;
        socket = null;
        media = null;
        if (current != null) {
            visit = links.visit(address);
        }
        return current == null ? Future.succeededFuture() : current.close(GOING_AWAY, "the gateway leaves");
    }
}
