package centralita.gateway.twilio;

import centralita.gateway.MediaLoop;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.vertx.core.http.ServerWebSocket;

/**
 * What goes out over one media stream. All that one pass of the event loop writes leaves in one system call: audio and
 * its marks belong together, and system calls are most of what a call costs. For that it writes to the connection's Netty
 * channel, which Vert.x flushes after every frame. A write that fails closes the connection, which its owner hears of.
 * Event loop only.
 */
final class StreamOutlet {
    private final ServerWebSocket socket;
    private final ChannelHandlerContext channel;
    private final StreamFrames frames;
    private final MediaLoop loop;
    private boolean flushPlanned;

    /**
     * @param channel of the socket's connection
     * @param streamSid the stream's id at the provider, as {@link Sid} allows it
     */
    StreamOutlet(ServerWebSocket socket, ChannelHandlerContext channel, String streamSid, MediaLoop loop) {
        this.socket = socket;
        this.channel = channel;
        this.frames = new StreamFrames(streamSid);
        this.loop = loop;
    }

    /** @return false when the socket is closed or takes no more now */
    boolean media(byte[] mulaw, int offset, int length) {
        return !socket.isClosed() && !socket.writeQueueFull() && write(frames.media(mulaw, offset, length));
    }

    void mark(String name) {
        write(frames.mark(name));
    }

    void clear() {
        write(frames.clear());
    }

    private boolean write(byte[] message) {
        if (socket.isClosed()) {
            return false;
        }
        var _ = channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(message)));
        if (!flushPlanned) {
            flushPlanned = true;
            loop.run(this::flush);
        }
        return true;
    }

    private void flush() {
        flushPlanned = false;
        channel.flush();
    }
}
