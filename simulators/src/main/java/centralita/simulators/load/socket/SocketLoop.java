package centralita.simulators.load.socket;

import centralita.simulators.load.socket.LoadSocket.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One thread that reads every socket of the load. Everything a {@link Listener} learns, it learns there, so what
 * receivers count needs no lock; {@link #ask} fetches it from another thread.
 */
public final class SocketLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SocketLoop.class);
    private static final int SCRATCH = 3 << 20;
    private static final int READ = 256 << 10;
    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final ByteBuffer direct = ByteBuffer.allocateDirect(READ);
    private final byte[] scratch = new byte[SCRATCH];
    private final Thread thread;
    private volatile boolean stopped;

    private SocketLoop(String name) throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** Starts a loop with a thread of this name. */
    public static SocketLoop start(String name) {
        try {
            var loop = new SocketLoop(name);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector", e);
        }
    }

    /**
     * Accepts WebSockets on this machine's loopback address, on any path; whatever is no upgrade is answered 404.
     *
     * @param port 0 for a free one
     * @param listeners one per connection, called on the loop's thread
     * @return the port
     */
    public int listen(int port, Supplier<Listener> listeners) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.configureBlocking(false);
        int bound = ((InetSocketAddress) server.getLocalAddress()).getPort();
        execute(() -> register(server, SelectionKey.OP_ACCEPT, listeners));
        return bound;
    }

    /** Opens a {@code ws} connection; the listener learns how it went. */
    public void connect(URI place, Map<String, String> headers, Listener listener) {
        if (!"ws".equals(place.getScheme())) {
            throw new IllegalArgumentException("the load speaks plain ws, not " + place.getScheme());
        }
        execute(() -> {
            SocketChannel channel;
            try {
                channel = SocketChannel.open();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot open a socket", e);
            }
            var socket = new LoadSocket(this, channel, listener, Handshake.client(place, headers), true);
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                int port = place.getPort() < 0 ? 80 : place.getPort();
                boolean done = channel.connect(new InetSocketAddress(place.getHost(), port));
                socket.attach(channel.register(selector, SelectionKey.OP_CONNECT, socket));
                if (done) {
                    socket.connected();
                }
            } catch (IOException e) {
                socket.end("cannot connect: " + e.getMessage());
            }
        });
    }

    /** Runs something on the loop's thread, soon. */
    public void execute(Runnable errand) {
        errands.add(errand);
        selector.wakeup();
    }

    /** Fetches something that belongs to the loop's thread. Not to be called on that thread. */
    public <T> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    /** Closes every socket and ends the thread. */
    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf(e, "a socket did not close cleanly");
        }
    }

    private void run() {
        try {
            while (!stopped) {
                for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
                    carefully(errand);
                }
                selector.select(this::serve);
            }
            for (SelectionKey key : selector.keys()) {
                close(key.channel());
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed", e);
        }
    }

    private void carefully(Runnable errand) {
        try {
            errand.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "an errand of the load failed");
        }
    }

    private void serve(SelectionKey key) {
        if (key.attachment() instanceof LoadSocket socket) {
            try {
                if (key.isConnectable()) {
                    socket.connected();
                } else {
                    if (key.isWritable()) {
                        socket.writable();
                    }
                    if (key.isReadable()) {
                        socket.readable(direct, scratch);
                    }
                }
            } catch (IOException e) {
                socket.end("lost: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.errorf(e, "a listener of the load failed");
                socket.end("listener failed");
            }
        } else if (key.attachment() instanceof Acceptor(Supplier<Listener> listeners)) {
            accept((ServerSocketChannel) key.channel(), listeners);
        }
    }

    private void accept(ServerSocketChannel server, Supplier<Listener> listeners) {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                var socket = new LoadSocket(this, channel, listeners.get(), Handshake.server(), false);
                socket.attach(channel.register(selector, SelectionKey.OP_READ, socket));
            }
        } catch (IOException e) {
            LOG.warnf(e, "a connection could not be accepted");
        }
    }

    private void register(ServerSocketChannel server, int operations, Supplier<Listener> listeners) {
        try {
            server.register(selector, operations, new Acceptor(listeners));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
    }

    private record Acceptor(Supplier<Listener> listeners) {}
}
