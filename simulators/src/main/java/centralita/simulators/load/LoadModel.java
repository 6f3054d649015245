package centralita.simulators.load;

import centralita.simulators.load.socket.SocketLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The model's end of the load: a realtime server that speaks as much of the GA protocol as a relay needs to keep going
 * and lets {@link ModelVoice} speak once it knows, from the first frame, whose call it serves. Relays that configure
 * nothing are served, too.
 *
 * <p>One of them serves all runs of a process, one {@link Cohort} at a time.
 */
public final class LoadModel {
    static final int LARGEST_AUDIO = 1 << 20;

    private final int port;
    private final byte[] decoded = new byte[LARGEST_AUDIO];
    private volatile @Nullable Cohort cohort;
    private int sessions;
    private volatile long configuredNanos = System.nanoTime();

    private LoadModel(SocketLoop loop, int port) throws IOException {
        this.port = loop.listen(port, this::session);
    }

    /**
     * Starts to listen on the loopback address.
     *
     * @param port 0 for a free one
     */
    public static LoadModel listen(SocketLoop loop, int port) {
        try {
            return new LoadModel(loop, port);
        } catch (IOException e) {
            throw new UncheckedIOException("the load's model cannot listen on port " + port, e);
        }
    }

    public int port() {
        return port;
    }

    /** What goes into {@code OPENAI_REALTIME_URL}. */
    public URI url() {
        return URI.create("ws://127.0.0.1:" + port + "/v1/realtime");
    }

    /** From now on these are the calls that it knows. */
    void serve(Cohort calls) {
        cohort = calls;
    }

    /** Null before the first run. */
    @Nullable
    Cohort cohort() {
        return cohort;
    }

    /** When a session was configured last, by {@link System#nanoTime()}; before the first, when this model began. Any thread. */
    public long configuredNanos() {
        return configuredNanos;
    }

    /** On the thread that reads the sockets. */
    void configured(long nowNanos) {
        configuredNanos = nowNanos;
    }

    private ModelVoice session() {
        return new ModelVoice(this, ++sessions, decoded);
    }
}
