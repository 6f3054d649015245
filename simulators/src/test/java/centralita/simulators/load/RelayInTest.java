package centralita.simulators.load;

import centralita.simulators.load.socket.LoadSocket;
import centralita.simulators.load.socket.SocketLoop;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A relay that does what {@code floor.c} does, and what a bad one does: the load must tell the difference. It configures
 * no session.
 */
final class RelayInTest implements AutoCloseable {
    /** What is done to every so many-th frame towards the model. */
    enum Vice {
        NONE,
        DROPS,
        CORRUPTS,
        /** Gives it to the call before. */
        SWAPS
    }

    private static final int EVERY = 20;
    private static final Pattern PAYLOAD = Pattern.compile("\"payload\":\"([^\"]+)\"");
    private static final Pattern DELTA = Pattern.compile("\"delta\":\"([^\"]{100,})\"");
    private static final Pattern STREAM = Pattern.compile("\"streamSid\":\"([^\"]+)\"");

    private final SocketLoop loop = SocketLoop.start("relay-in-test");
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private final URI model;
    private final Vice vice;
    private final long delayMs;
    private final int port;
    private int frames;
    private Leg previous;

    RelayInTest(URI model, Vice vice, long delayMs) throws IOException {
        this.model = model;
        this.vice = vice;
        this.delayMs = delayMs;
        this.port = loop.listen(0, Leg::new);
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + port + "/any");
    }

    @Override
    public void close() {
        later.shutdownNow();
        loop.close();
    }

    private void send(LoadSocket to, String text) {
        if (delayMs == 0) {
            to.send(text);
        } else {
            later.schedule(() -> to.send(text), delayMs, TimeUnit.MILLISECONDS);
        }
    }

    private final class Leg implements LoadSocket.Listener {
        private final Queue<String> early = new ArrayDeque<>();
        private LoadSocket caller;
        private LoadSocket upstream;
        private String streamSid;

        @Override
        public void opened(LoadSocket socket) {
            caller = socket;
        }

        @Override
        public void text(LoadSocket socket, byte[] bytes, int from, int length, long nowNanos) {
            String text = new String(bytes, from, length);
            if (text.startsWith("{\"event\":\"start\"")) {
                Matcher stream = STREAM.matcher(text);
                stream.find();
                streamSid = stream.group(1);
                loop.connect(model, Map.of(), new Upstream(this));
            } else if (text.startsWith("{\"event\":\"media\"")) {
                Matcher payload = PAYLOAD.matcher(text);
                payload.find();
                hear(payload.group(1));
            }
        }

        private void hear(String payload) {
            Leg to = this;
            String audio = payload;
            if (++frames % EVERY == 0) {
                switch (vice) {
                    case NONE -> {}
                    case DROPS -> {
                        return;
                    }
                    case CORRUPTS -> {
                        byte[] broken = Base64.getDecoder().decode(payload);
                        broken[90] ^= 1;
                        audio = Base64.getEncoder().encodeToString(broken);
                    }
                    case SWAPS -> to = previous == null ? this : previous;
                }
            }
            previous = this;
            String append = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + audio + "\"}";
            if (to.upstream == null) {
                to.early.add(append);
            } else {
                send(to.upstream, append);
            }
        }

        @Override
        public void closed(LoadSocket socket, String why) {
            if (upstream != null) {
                upstream.close();
            }
        }
    }

    private final class Upstream implements LoadSocket.Listener {
        private final Leg leg;

        private Upstream(Leg leg) {
            this.leg = leg;
        }

        @Override
        public void opened(LoadSocket socket) {
            leg.upstream = socket;
            leg.early.forEach(text -> send(socket, text));
        }

        @Override
        public void text(LoadSocket socket, byte[] bytes, int from, int length, long nowNanos) {
            String text = new String(bytes, from, length);
            if (text.contains("response.output_audio.delta")) {
                Matcher delta = DELTA.matcher(text);
                delta.find();
                send(
                        leg.caller,
                        "{\"event\":\"media\",\"streamSid\":\"" + leg.streamSid + "\",\"media\":{\"payload\":\""
                                + delta.group(1) + "\"}}");
            } else if (text.contains("speech_started")) {
                send(leg.caller, "{\"event\":\"clear\",\"streamSid\":\"" + leg.streamSid + "\"}");
            }
        }

        @Override
        public void closed(LoadSocket socket, String why) {}
    }
}
