package centralita.simulators.load.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a {@link SocketLoop}, either end. It is read on the loop's thread; any thread may write.
 *
 * <p>What the peer does not take is kept up to {@link #MAX_UNSENT} bytes; then the socket is closed, because a load
 * generator that waits would measure itself.
 */
public final class LoadSocket {
    /** What a socket's owner learns, all on the loop's thread. Nothing here may block. */
    public interface Listener {
        void opened(LoadSocket socket);

        /**
         * A text message. The bytes are the loop's own and change after the call.
         *
         * @param nowNanos {@link System#nanoTime()} right after the read that completed it
         */
        void text(LoadSocket socket, byte[] bytes, int from, int length, long nowNanos);

        /** Once, for every way a socket can end, also when it never opened. */
        void closed(LoadSocket socket, String why);
    }

    /** Bytes that wait for a slow peer; about 20 s of one call. */
    static final int MAX_UNSENT = 1 << 20;

    private static final int MAX_MESSAGE = 1 << 20;
    private static final int NORMAL_CLOSURE = 1000;

    private final SocketLoop loop;
    private final SocketChannel channel;
    private final Listener listener;
    private final Handshake handshake;
    private final boolean client;
    private final SplittableRandom masks;
    private @Nullable SelectionKey key;
    private byte[] rest = {};
    private byte[] fragments = {};
    private volatile boolean open;
    private volatile boolean closed;
    private byte[] unsent = {};

    LoadSocket(SocketLoop loop, SocketChannel channel, Listener listener, Handshake handshake, boolean client) {
        this.loop = loop;
        this.channel = channel;
        this.listener = listener;
        this.handshake = handshake;
        this.client = client;
        this.masks = new SplittableRandom(System.identityHashCode(channel));
    }

    /** Sends a text message that is put together elsewhere; see {@link #send(byte[], int, int)}. */
    public boolean send(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[Frames.HEADER_ROOM + payload.length];
        System.arraycopy(payload, 0, bytes, Frames.HEADER_ROOM, payload.length);
        return send(bytes, Frames.HEADER_ROOM, payload.length);
    }

    /**
     * Sends a text message.
     *
     * @param bytes with {@link #headerRoom()} bytes free before {@code from}; header and mask are written into it
     * @return false when the socket is closed or was closed for its full queue
     */
    public boolean send(byte[] bytes, int from, int length) {
        return send(bytes, from, length, Frames.TEXT);
    }

    /** Bytes that must be free in front of a payload. */
    public static int headerRoom() {
        return Frames.HEADER_ROOM;
    }

    /** Says goodbye and closes. */
    public void close() {
        if (closed) {
            return;
        }
        byte[] bytes = new byte[Frames.HEADER_ROOM + 2];
        bytes[Frames.HEADER_ROOM] = (byte) (NORMAL_CLOSURE >>> 8);
        bytes[Frames.HEADER_ROOM + 1] = (byte) NORMAL_CLOSURE;
        send(bytes, Frames.HEADER_ROOM, 2, Frames.CLOSE);
        loop.execute(() -> end("closed by us"));
    }

    public boolean isOpen() {
        return open && !closed;
    }

    void attach(SelectionKey attached) {
        this.key = attached;
    }

    /** The TCP connection stands: a client asks for the upgrade. */
    void connected() throws IOException {
        channel.finishConnect();
        interest(SelectionKey.OP_READ);
        raw(handshake.request());
    }

    /**
     * Reads once and hands on every whole message.
     *
     * @param scratch the loop's own, longer than the longest message
     */
    void readable(ByteBuffer direct, byte[] scratch) throws IOException {
        System.arraycopy(rest, 0, scratch, 0, rest.length);
        direct.clear().limit(Math.min(direct.capacity(), scratch.length - rest.length));
        int got = channel.read(direct);
        if (got < 0) {
            end("closed by the peer");
            return;
        }
        direct.flip().get(scratch, rest.length, got);
        long now = System.nanoTime();
        int filled = rest.length + got;
        int used = open ? 0 : shakeHands(scratch, filled);
        if (open) {
            used = frames(scratch, used, filled, now);
        }
        rest = used == filled ? rest.length == 0 ? rest : new byte[0] : Arrays.copyOfRange(scratch, used, filled);
        if (rest.length > MAX_MESSAGE) {
            end("message too long");
        }
    }

    void writable() throws IOException {
        synchronized (this) {
            flush();
        }
    }

    void end(String why) {
        if (closed) {
            return;
        }
        closed = true;
        loop.close(channel);
        listener.closed(this, why);
    }

    private int shakeHands(byte[] bytes, int length) throws IOException {
        int end = Handshake.end(bytes, length);
        if (end < 0) {
            return 0;
        }
        String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        if (client) {
            String refusal = handshake.refusal(head);
            if (refusal != null) {
                end(refusal);
                return end;
            }
        } else {
            raw(handshake.answer(head));
            if (!handshake.isUpgrade(head)) {
                end("no WebSocket was asked for");
                return end;
            }
        }
        open = true;
        listener.opened(this);
        return end;
    }

    private int frames(byte[] bytes, int from, int end, long now) {
        int at = from;
        while (!closed && end - at >= 2) {
            int header = 2;
            long length = bytes[at + 1] & 0x7F;
            if (length == 126) {
                header = 4;
            } else if (length == 127) {
                header = 10;
            }
            boolean masked = bytes[at + 1] < 0;
            int payload = header + (masked ? 4 : 0);
            if (end - at < payload) {
                break;
            }
            if (header > 2) {
                length = 0;
                for (int i = 2; i < header; i++) {
                    length = length << 8 | bytes[at + i] & 0xFF;
                }
            }
            if (length < 0 || length > MAX_MESSAGE) {
                end("message too long");
                break;
            }
            if (end - at < payload + length) {
                break;
            }
            if (masked) {
                int mask = (bytes[at + header] & 0xFF)
                        | (bytes[at + header + 1] & 0xFF) << 8
                        | (bytes[at + header + 2] & 0xFF) << 16
                        | (bytes[at + header + 3] & 0xFF) << 24;
                Frames.mask(bytes, at + payload, (int) length, mask);
            }
            frame(bytes[at], bytes, at + payload, (int) length, now);
            at += payload + (int) length;
        }
        return at;
    }

    private void frame(byte first, byte[] bytes, int from, int length, long now) {
        int opcode = first & 0x0F;
        boolean last = first < 0;
        switch (opcode) {
            case Frames.TEXT, Frames.BINARY, Frames.CONTINUATION -> {
                if (last && fragments.length == 0) {
                    listener.text(this, bytes, from, length, now);
                    return;
                }
                int kept = fragments.length;
                fragments = Arrays.copyOf(fragments, kept + length);
                System.arraycopy(bytes, from, fragments, kept, length);
                if (fragments.length > MAX_MESSAGE) {
                    end("message too long");
                } else if (last) {
                    byte[] whole = fragments;
                    fragments = new byte[0];
                    listener.text(this, whole, 0, whole.length, now);
                }
            }
            case Frames.PING -> {
                byte[] pong = new byte[Frames.HEADER_ROOM + length];
                System.arraycopy(bytes, from, pong, Frames.HEADER_ROOM, length);
                send(pong, Frames.HEADER_ROOM, length, Frames.PONG);
            }
            case Frames.CLOSE -> {
                byte[] answer = new byte[Frames.HEADER_ROOM + 2];
                int code = length < 2 ? NORMAL_CLOSURE : (bytes[from] & 0xFF) << 8 | bytes[from + 1] & 0xFF;
                answer[Frames.HEADER_ROOM] = (byte) (code >>> 8);
                answer[Frames.HEADER_ROOM + 1] = (byte) code;
                send(answer, Frames.HEADER_ROOM, 2, Frames.CLOSE);
                end("closed by the peer with " + code);
            }
            default -> {
                // Pongs and what we never asked for: harmless.
            }
        }
    }

    private boolean send(byte[] bytes, int from, int length, int opcode) {
        if (!isOpen()) {
            return false;
        }
        synchronized (this) {
            int mask = client ? masks.nextInt() | 1 : 0;
            int at = Frames.wrap(bytes, from, length, opcode, mask);
            return write(bytes, at, from + length - at);
        }
    }

    private void raw(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        synchronized (this) {
            write(bytes, 0, bytes.length);
        }
    }

    /** Under this object's lock. */
    private boolean write(byte[] bytes, int from, int length) {
        try {
            int written = unsent.length > 0 ? 0 : channel.write(ByteBuffer.wrap(bytes, from, length));
            if (written == length) {
                return true;
            }
            int kept = unsent.length;
            if (kept + length - written > MAX_UNSENT) {
                loop.execute(() -> end("the peer does not read"));
                return false;
            }
            unsent = Arrays.copyOf(unsent, kept + length - written);
            System.arraycopy(bytes, from + written, unsent, kept, length - written);
            loop.execute(() -> interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE));
            return true;
        } catch (IOException e) {
            String why = "cannot write: " + e.getMessage();
            loop.execute(() -> end(why));
            return false;
        }
    }

    private void flush() throws IOException {
        int written = channel.write(ByteBuffer.wrap(unsent));
        unsent = Arrays.copyOfRange(unsent, written, unsent.length);
        if (unsent.length == 0) {
            interest(SelectionKey.OP_READ);
        }
    }

    private void interest(int operations) {
        SelectionKey attached = key;
        if (attached != null && attached.isValid()) {
            attached.interestOps(operations);
        }
    }
}
