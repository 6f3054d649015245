package centralita.bridge.link;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkRecord;
import centralita.audiolink.RecordKind;
import centralita.contracts.json.ContractsJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a gateway: everything that one pass of the event loop has to say goes out as one batch, with one
 * system call. On the media event loop only.
 */
final class LinkOutlet {
    private static final int FIRST_BYTES = 4 * 1024;

    private final ServerWebSocket socket;
    private final Context context;
    private final AtomicLong waitingBytes;
    private @Nullable ByteBuf batch;

    /** @param waitingBytes of all links; this one adds what the gateway has not taken yet */
    LinkOutlet(ServerWebSocket socket, AtomicLong waitingBytes) {
        this.socket = socket;
        this.waitingBytes = waitingBytes;
        this.context = Vertx.currentContext();
    }

    void control(int session, RecordKind kind, LinkControl body) {
        record(
                session,
                0,
                kind,
                Unpooled.wrappedBuffer(ContractsJson.write(body).getBytes(StandardCharsets.UTF_8)));
    }

    void empty(int session, int stamp, RecordKind kind) {
        record(session, stamp, kind, Unpooled.EMPTY_BUFFER);
    }

    /** @param mulaw copied; longer than a record may be, it goes out as several */
    void play(int session, int item, byte[] mulaw) {
        for (var from = 0; from < mulaw.length; from += LinkRecord.MAX_BODY_BYTES) {
            var length = Math.min(LinkRecord.MAX_BODY_BYTES, mulaw.length - from);
            record(session, item, RecordKind.PLAY, Unpooled.wrappedBuffer(mulaw, from, length));
        }
    }

    /** A closed socket is not full: what is written to it is gone. */
    boolean full() {
        return !socket.isClosed() && socket.writeQueueFull();
    }

    private void record(int session, int stamp, RecordKind kind, ByteBuf body) {
        var current = batch;
        if (current != null
                && current.readableBytes() + LinkRecord.HEADER_BYTES + body.readableBytes()
                        > LinkRecord.MAX_BATCH_BYTES) {
            flush();
            current = null;
        }
        if (current == null) {
            // On the heap: the socket never releases what it is given, and would copy a pooled buffer.
            current = Unpooled.buffer(Math.max(FIRST_BYTES, LinkRecord.HEADER_BYTES + body.readableBytes()));
            batch = current;
            context.runOnContext(_ -> flush());
        }
        LinkRecord.write(current, session, stamp, kind, body);
    }

    private void flush() {
        var full = batch;
        batch = null;
        if (full == null) {
            return;
        }
        if (socket.isClosed()) {
            full.release();
        } else {
            var bytes = full.readableBytes();
            waitingBytes.addAndGet(bytes);
            // Its failure is the socket's, of which the close handler tells.
            socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.BINARY, full, true))
                    .onComplete(_ -> waitingBytes.addAndGet(-bytes));
        }
    }
}
