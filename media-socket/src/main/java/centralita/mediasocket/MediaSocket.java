package centralita.mediasocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * A socket of the framework with the short way put in: messages come to a {@link MessageListener}, or, where the short way
 * does not take them, to the socket's own frame handler, which must be set in any case. On the socket's event loop only.
 */
public final class MediaSocket {
    private static final String NAME = "media-path";

    private final WebSocketBase socket;
    private final FrameOutlet outlet;
    private final @Nullable Inlet inlet;

    /** The path and where it stands in the pipeline. */
    private record Inlet(FramePath path, ChannelHandlerContext place) {}

    private MediaSocket(WebSocketBase socket, FrameOutlet outlet, @Nullable Inlet inlet) {
        this.socket = socket;
        this.outlet = outlet;
        this.inlet = inlet;
    }

    /**
     * Puts the short way into a server's socket that was opened just now: to be called at once by what learns of the
     * opening, so that no frame has been read yet.
     *
     * @param connection of the request that was upgraded: the socket may be a wrapper that does not know it
     * @param longestTaken bytes of a message; from the first longer one on, all go the framework's way
     */
    public static MediaSocket ofServer(
            ServerWebSocket socket,
            HttpConnection connection,
            LoopPass pass,
            int longestTaken,
            MessageListener listener) {
        var pipeline = ((ConnectionBase) connection).channel().pipeline();
        return withPath(socket, pipeline, new Ends(pass, longestTaken, listener), true);
    }

    /**
     * Puts the short way into a client's socket that was opened just now, if it is known where its first frame begins.
     *
     * @param longestTaken bytes of a message; from the first longer one on, all go the framework's way
     */
    public static MediaSocket ofClient(WebSocket socket, LoopPass pass, int longestTaken, MessageListener listener) {
        var pipeline =
                ((WebSocketInternal) socket).channelHandlerContext().channel().pipeline();
        // The decoder of HTTP leaves the pipeline after this, and what it had read beyond the answer comes then. Once
        // it
        // has left, half a frame may be in the next decoder, and nobody can tell where the next one begins.
        if (pipeline.get(HttpClientCodec.class) == null) {
            return new MediaSocket(socket, outlet(pipeline, pass, false), null);
        }
        return withPath(socket, pipeline, new Ends(pass, longestTaken, listener), false);
    }

    private record Ends(LoopPass pass, int longestTaken, MessageListener listener) {}

    private static MediaSocket withPath(WebSocketBase socket, ChannelPipeline pipeline, Ends ends, boolean server) {
        var context = (ContextInternal) Vertx.currentContext();
        var path = new FramePath(ends.listener, context, ends.pass.scratch(), server, ends.longestTaken);
        pipeline.addBefore(pipeline.context(WebSocketFrameDecoder.class).name(), NAME, path);
        return new MediaSocket(socket, outlet(pipeline, ends.pass, server), new Inlet(path, pipeline.context(path)));
    }

    /**
     * Written from the encoder's place on: it has nothing left to do. The framework's look for idle connections would see
     * nothing of that and end a busy one, so it goes; who opened the socket knows better when its peer is gone.
     */
    private static FrameOutlet outlet(ChannelPipeline pipeline, LoopPass pass, boolean server) {
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
        return new FrameOutlet(pipeline.context(WebSocketFrameEncoder.class), pass, !server);
    }

    /** What is written to this socket. What is written past it, a close above all, needs a flush before. */
    public FrameOutlet outlet() {
        return outlet;
    }

    /** Whether messages take the short way. */
    public boolean isShort() {
        return inlet != null;
    }

    /** No message comes until {@link #resume}: what the peer sends stays in the kernel. */
    public void pause() {
        var in = inlet;
        if (in == null) {
            socket.pause();
        } else {
            in.path.pause(in.place);
        }
    }

    public void resume() {
        var in = inlet;
        if (in == null) {
            socket.resume();
        } else {
            in.path.resume(in.place);
        }
    }
}
