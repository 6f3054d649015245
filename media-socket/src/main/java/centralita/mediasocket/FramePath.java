package centralita.mediasocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.ContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * The short way of a socket's messages: takes those that are one whole frame past the framework's decoder, objects and
 * queue, and leaves everything else to it, byte for byte: control frames, messages in pieces, and whatever is too long or
 * does not keep the protocol, after which nothing is taken any more. So the framework still answers pings, closes, and
 * judges.
 *
 * <p>Order is kept: what the framework is given it deals with at once. The price is that the owner must pause this path
 * and not the socket. On the event loop only.
 */
final class FramePath extends ChannelInboundHandlerAdapter {
    private final MessageListener listener;
    private final ContextInternal context;
    private final Scratch scratch;
    private final boolean fromClient;
    private final int longestTaken;
    private final FrameHeader header = new FrameHeader();
    /** Half a frame, or what came before a pause was heeded. */
    private @Nullable ByteBuf waiting;
    /** Bytes of the frame at hand that are still to be passed to the framework. */
    private long passing;

    private boolean inPieces;
    private boolean passesAll;
    private boolean paused;
    private boolean taking;
    /** Whether the framework waits for the end of a read. At first it may: of the read that brought the handshake. */
    private boolean passed = true;

    FramePath(
            MessageListener listener, ContextInternal context, Scratch scratch, boolean fromClient, int longestTaken) {
        this.listener = listener;
        this.context = context;
        this.scratch = scratch;
        this.fromClient = fromClient;
        this.longestTaken = longestTaken;
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            channel.fireChannelRead(message);
            return;
        }
        var before = waiting;
        if (before == null) {
            takeAll(channel, bytes);
            if (bytes.isReadable()) {
                // Of half a frame the size is known: it is put together without growing.
                waiting = channel.alloc().buffer(Math.max(missing(bytes), bytes.readableBytes()));
                waiting.writeBytes(bytes);
            }
            bytes.release();
        } else {
            before.writeBytes(bytes);
            bytes.release();
            takeWaiting(channel, before);
        }
    }

    private void takeWaiting(ChannelHandlerContext channel, ByteBuf bytes) {
        takeAll(channel, bytes);
        if (!bytes.isReadable()) {
            waiting = null;
            bytes.release();
        } else {
            bytes.discardSomeReadBytes();
        }
    }

    /** How many bytes the frame at hand has in all, as far as its header is there. */
    private int missing(ByteBuf bytes) {
        return header.read(bytes) ? (int) Math.min(longestTaken, header.length()) + header.bytes() : 0;
    }

    private void takeAll(ChannelHandlerContext channel, ByteBuf bytes) {
        taking = true;
        var outer = context.beginDispatch();
        try {
            while (bytes.isReadable() && !paused && takeOne(channel, bytes)) {
                scratch.trim();
            }
        } finally {
            context.endDispatch(outer);
            taking = false;
        }
    }

    /** @return false when nothing can be done before more bytes come */
    private boolean takeOne(ChannelHandlerContext channel, ByteBuf bytes) {
        if (passesAll) {
            pass(channel, bytes, bytes.readableBytes());
            return true;
        }
        if (passing > 0) {
            var now = (int) Math.min(passing, bytes.readableBytes());
            passing -= now;
            pass(channel, bytes, now);
            return true;
        }
        if (!header.read(bytes)) {
            return false;
        }
        if (!header.regular(fromClient) || header.length() > longestTaken) {
            passesAll = true;
            return true;
        }
        if (header.isControl() || inPieces || !header.last() || header.opcode() == FrameHeader.CONTINUATION) {
            leave();
            return true;
        }
        return takeMessage(bytes);
    }

    /** The framework gets this frame. */
    private void leave() {
        passing = header.bytes() + header.length();
        if (header.opcode() == FrameHeader.CLOSE) {
            passesAll = true;
        } else if (!header.isControl()) {
            // A message that begins before another has ended: the framework knows what to say.
            passesAll = inPieces != (header.opcode() == FrameHeader.CONTINUATION);
            inPieces = !header.last();
        }
    }

    private boolean takeMessage(ByteBuf bytes) {
        var length = (int) header.length();
        if (bytes.readableBytes() < header.bytes() + length) {
            return false;
        }
        var memory = scratch.of(length);
        bytes.skipBytes(header.bytes()).readBytes(memory, 0, length);
        if (header.masked()) {
            Mask.apply(memory, 0, length, header.key());
        }
        try {
            listener.onMessage(header.opcode() == FrameHeader.TEXT, memory, length);
        } catch (RuntimeException e) {
            context.reportException(e);
        }
        return true;
    }

    private void pass(ChannelHandlerContext channel, ByteBuf bytes, int length) {
        passed = true;
        channel.fireChannelRead(bytes.readRetainedSlice(length));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext channel) {
        if (passed) {
            passed = false;
            channel.fireChannelReadComplete();
        }
    }

    /** No message comes until {@link #resume}: what the peer sends stays in the kernel. */
    void pause(ChannelHandlerContext channel) {
        paused = true;
        channel.channel().config().setAutoRead(false);
    }

    void resume(ChannelHandlerContext channel) {
        if (!paused) {
            return;
        }
        paused = false;
        var before = waiting;
        if (before != null && !taking) {
            takeWaiting(channel, before);
            channelReadComplete(channel);
        }
        // A message may have asked for another pause.
        if (!paused) {
            channel.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        forget();
        channel.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext channel) {
        forget();
    }

    private void forget() {
        var before = waiting;
        waiting = null;
        paused = true;
        if (before != null) {
            before.release();
        }
    }
}
