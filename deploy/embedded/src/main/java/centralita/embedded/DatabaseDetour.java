package centralita.embedded;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A port that leads to a PostgreSQL, for tests of what happens when it does not. It reads the protocol's frames (version
 * 3, without TLS), so that a connection can be cut at one statement of one transaction: before the server sees it, or
 * after the server has done it and before anybody hears of that.
 *
 * <p>Any thread.
 *
 * @see <a href="https://www.postgresql.org/docs/17/protocol-message-formats.html">Message formats</a>
 */
public final class DatabaseDetour implements AutoCloseable {
    /** The frames that end a round: the server answers, and then says that it is ready. */
    private static final Set<Character> ROUND_ENDS = Set.of('Q', 'S');

    private static final char READY = 'Z';
    private static final int LARGEST_FRAME = 64 << 20;

    private final InetSocketAddress database;
    private final ServerSocket door;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Cut> planned = new AtomicReference<>();
    private volatile boolean refusing;

    /** When a cut happens. */
    public enum Moment {
        /** The server does not get to the end of the statement, and forgets what it has of it. */
        BEFORE,
        /** The server has done it; its answer is lost. */
        AFTER
    }

    /** A cut that is to happen once. */
    public static final class Cut {
        private final String mark;
        private final int step;
        private final Moment moment;
        private final CountDownLatch happened = new CountDownLatch(1);

        private Cut(String mark, int step, Moment moment) {
            this.mark = mark;
            this.step = step;
            this.moment = moment;
        }

        public boolean happened() {
            return happened.getCount() == 0;
        }
    }

    private DatabaseDetour(InetSocketAddress database, ServerSocket door) {
        this.database = database;
        this.door = door;
    }

    /** @param databaseUrl as {@code postgresql://127.0.0.1:5432/test} */
    public static DatabaseDetour to(String databaseUrl) {
        var target = URI.create(databaseUrl);
        try {
            var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var detour = new DatabaseDetour(new InetSocketAddress(target.getHost(), target.getPort()), door);
            Thread.ofVirtual().name("database-detour").start(detour::accept);
            return detour;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a port", e);
        }
    }

    /** The same database by way of this port. @param databaseUrl also with {@code jdbc:} before it */
    public String url(String databaseUrl) {
        return databaseUrl.replaceFirst("//[^/]+", "//127.0.0.1:" + door.getLocalPort());
    }

    /** As if the server had gone: every connection ends, and so does every new one. */
    public void refuse() {
        refusing = true;
        pairs.forEach(Pair::end);
    }

    /** The server is back. */
    public void open() {
        refusing = false;
    }

    /**
     * Cuts the connection of the next transaction of which a statement contains a text, at one of its rounds. Plans made
     * before and not come to pass are forgotten.
     *
     * @param mark a part of SQL
     * @param step the round to cut at: 0 is the one with the mark
     */
    public Cut cut(String mark, int step, Moment moment) {
        var cut = new Cut(mark, step, moment);
        planned.set(cut);
        return cut;
    }

    /** As {@link #cut}, at the end of the transaction. */
    public Cut cutCommit(String mark, Moment moment) {
        return cut(mark, Integer.MAX_VALUE, moment);
    }

    @Override
    public void close() {
        refuse();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a port", e);
        }
    }

    private void accept() {
        while (true) {
            try {
                var client = door.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                join(client);
            } catch (IOException e) {
                if (door.isClosed()) {
                    return;
                }
            }
        }
    }

    private void join(Socket client) throws IOException {
        var server = new Socket();
        try {
            server.connect(database);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        var pair = new Pair(client, server);
        pairs.add(pair);
        if (refusing) {
            pair.end();
        }
        Thread.ofVirtual().start(pair::questions);
        Thread.ofVirtual().start(pair::answers);
    }

    private record Frame(char kind, byte[] body) {
        static Frame read(DataInputStream in) throws IOException {
            var kind = (char) in.readUnsignedByte();
            return new Frame(kind, body(in));
        }

        static byte[] body(DataInputStream in) throws IOException {
            var length = in.readInt() - 4;
            if (length < 0 || length > LARGEST_FRAME) {
                throw new IOException("no frame has " + length + " bytes");
            }
            var body = new byte[length];
            in.readFully(body);
            return body;
        }

        static void write(OutputStream out, byte[] body) throws IOException {
            out.write(new byte[] {
                (byte) ((body.length + 4) >>> 24),
                (byte) ((body.length + 4) >>> 16),
                (byte) ((body.length + 4) >>> 8),
                (byte) (body.length + 4)
            });
            out.write(body);
        }

        void write(OutputStream out) throws IOException {
            out.write(kind);
            write(out, body);
        }

        /** The strings at the frame's beginning; each ends with a zero byte. */
        String text(int index) {
            int from = 0;
            for (int skipped = 0; skipped < index; skipped++) {
                from = end(from) + 1;
            }
            return new String(body, from, end(from) - from, StandardCharsets.UTF_8);
        }

        private int end(int from) {
            int end = from;
            while (body[end] != 0) {
                end++;
            }
            return end;
        }
    }

    /** A connection and its continuation. */
    private final class Pair {
        private final Socket client;
        private final Socket server;
        // The questions' thread only.
        /** SQL by the name under which it was prepared; a client prepares once and then says only the name. */
        private final Map<String, String> prepared = new HashMap<>();
        /** Whether this round does something, and does not only prepare it. */
        private boolean executes;
        /** The cut that this transaction is marked for. */
        private @Nullable Cut marked;
        /** Since it was marked. */
        private int rounds;

        /** The cut after which the client hears nothing more. */
        private volatile @Nullable Cut deaf;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void questions() {
            try (var in = new DataInputStream(new BufferedInputStream(client.getInputStream()))) {
                var out = new BufferedOutputStream(server.getOutputStream());
                // The first frame has no kind.
                Frame.write(out, Frame.body(in));
                out.flush();
                while (true) {
                    var frame = Frame.read(in);
                    var sql = sql(frame);
                    if (sql != null && deaf == null) {
                        mark(sql);
                    }
                    var cut = marked;
                    if (ROUND_ENDS.contains(frame.kind())
                            && endsRound(cut, sql != null && sql.startsWith("COMMIT"))
                            && cut != null) {
                        if (cut.moment == Moment.BEFORE) {
                            cut.happened.countDown();
                            end();
                            return;
                        }
                        deaf = cut;
                        marked = null;
                    }
                    frame.write(out);
                    out.flush();
                }
            } catch (IOException e) {
                end();
            }
        }

        /** What a frame has the server do; null when it does nothing yet. */
        private @Nullable String sql(Frame frame) {
            return switch (frame.kind()) {
                case 'P' -> {
                    prepared.put(frame.text(0), frame.text(1));
                    yield null;
                }
                case 'B' -> {
                    executes = true;
                    yield prepared.get(frame.text(1));
                }
                case 'Q' -> {
                    executes = true;
                    yield frame.text(0);
                }
                default -> null;
            };
        }

        private void mark(String sql) {
            if (sql.startsWith("BEGIN")) {
                marked = null;
            }
            var cut = planned.get();
            if (marked == null && cut != null && sql.contains(cut.mark) && planned.compareAndSet(cut, null)) {
                marked = cut;
                rounds = 0;
            }
        }

        /** @return whether it is the round to cut at; a transaction that is shorter is not cut */
        private boolean endsRound(@Nullable Cut cut, boolean commits) {
            if (!executes || cut == null) {
                executes = false;
                return false;
            }
            executes = false;
            var due = cut.step == Integer.MAX_VALUE ? commits : rounds++ == cut.step;
            if (commits && !due) {
                marked = null;
            }
            return due;
        }

        void answers() {
            try (var in = new DataInputStream(new BufferedInputStream(server.getInputStream()))) {
                var out = new BufferedOutputStream(client.getOutputStream());
                while (true) {
                    var frame = Frame.read(in);
                    var cut = deaf;
                    if (cut == null) {
                        frame.write(out);
                        // Not frame by frame: the client is to see them as the server sends them.
                        if (in.available() == 0) {
                            out.flush();
                        }
                    } else if (frame.kind() == READY) {
                        cut.happened.countDown();
                        end();
                        return;
                    }
                }
            } catch (IOException e) {
                end();
            }
        }

        void end() {
            pairs.remove(this);
            closeQuietly(client);
            closeQuietly(server);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a socket", e);
        }
    }
}
