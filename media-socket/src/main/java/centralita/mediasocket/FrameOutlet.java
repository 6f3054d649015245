package centralita.mediasocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole messages to one socket. All of a pass of the event loop leave as one buffer in one system call. On that
 * event loop only. What is written to a closed socket is gone; a write that fails closes the socket, of which its owner
 * hears.
 */
public final class FrameOutlet {
    private static final int FIRST_BYTES = 512;
    private static final int LONGEST_HEADER_BYTES = 14;
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int MASKED = 0x80;

    private final ChannelHandlerContext context;
    private final LoopPass pass;
    private final boolean masking;
    private final Runnable flush = this::flush;
    private @Nullable ByteBuf waiting;

    /** @param context in front of the framework's encoder @param masking whether we are the client */
    FrameOutlet(ChannelHandlerContext context, LoopPass pass, boolean masking) {
        this.context = context;
        this.pass = pass;
        this.masking = masking;
    }

    /** Writes a message of text. @param utf8 may be changed, and is used again by the caller */
    public void text(byte[] utf8, int from, int length) {
        frame(FINAL_TEXT, utf8, from, length);
    }

    /** Writes a message of bytes. @param bytes may be changed, and are used again by the caller */
    public void binary(byte[] bytes, int from, int length) {
        frame(FINAL_BINARY, bytes, from, length);
    }

    private void frame(int first, byte[] payload, int from, int length) {
        var room = LONGEST_HEADER_BYTES + length;
        var to = waiting;
        if (to == null) {
            to = context.alloc().directBuffer(Math.max(FIRST_BYTES, room));
            waiting = to;
            pass.atEnd(flush);
        }
        to.ensureWritable(room);
        to.writeByte(first);
        var second = masking ? MASKED : 0;
        if (length < 126) {
            to.writeByte(second | length);
        } else if (length < 65_536) {
            to.writeByte(second | 126).writeShort(length);
        } else {
            to.writeByte(second | 127).writeLong(length);
        }
        if (masking) {
            var key = ThreadLocalRandom.current().nextInt();
            to.writeInt(key);
            Mask.apply(payload, from, length, key);
        }
        to.writeBytes(payload, from, length);
    }

    /** Whether the peer takes no more now; the socket's drain handler tells when it does again. */
    public boolean full() {
        return !context.channel().isWritable();
    }

    /** Bytes that the kernel has not taken yet. Any thread. */
    public long waitingBytes() {
        var buffer = context.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Sends what this pass wrote now: before something is written past this outlet that must come after it. */
    public void flush() {
        var all = waiting;
        waiting = null;
        if (all == null) {
            return;
        }
        if (context.channel().isActive()) {
            context.writeAndFlush(all, context.voidPromise());
        } else {
            all.release();
        }
    }
}
