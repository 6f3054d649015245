package centralita.local.bench;

import centralita.simulators.load.socket.LoadSocket;
import centralita.simulators.load.socket.SocketLoop;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody else's relay: its own process, no session update, one WebSocket to the model per caller. */
final class RelayProgram {
    private static final Pattern PAYLOAD = Pattern.compile("\"payload\":\"([^\"]+)\"");
    private static final Pattern DELTA = Pattern.compile("output_audio.delta.*\"delta\":\"([^\"]+)\"");
    private static final Pattern STREAM = Pattern.compile("\"streamSid\":\"([^\"]+)\"");

    private RelayProgram() {}

    /** Arguments: port, the model's URL, and {@code drop} for a relay that loses every 20th frame. */
    public static void main(String[] arguments) throws Exception {
        SocketLoop loop = SocketLoop.start("relay");
        boolean drops = arguments.length > 2;
        loop.listen(Integer.parseInt(arguments[0]), () -> new Caller(loop, URI.create(arguments[1]), drops));
        new CountDownLatch(1).await();
    }

    private static final class Caller implements LoadSocket.Listener {
        private final SocketLoop loop;
        private final URI model;
        private final boolean drops;
        private final List<String> early = new ArrayList<>();
        private LoadSocket socket;
        private LoadSocket upstream;
        private String streamSid = "";
        private int frames;

        private Caller(SocketLoop loop, URI model, boolean drops) {
            this.loop = loop;
            this.model = model;
            this.drops = drops;
        }

        @Override
        public void opened(LoadSocket opened) {
            socket = opened;
        }

        @Override
        public void text(LoadSocket from, byte[] bytes, int at, int length, long nowNanos) {
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            Matcher stream = STREAM.matcher(text);
            Matcher payload = PAYLOAD.matcher(text);
            if (text.contains("\"start\"") && stream.find()) {
                streamSid = stream.group(1);
                loop.connect(model, Map.of(), new Model(this));
            } else if (payload.find()) {
                String append = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + payload.group(1) + "\"}";
                if (drops && ++frames % 20 == 0) {
                    return;
                }
                if (upstream == null) {
                    early.add(append);
                } else {
                    upstream.send(append);
                }
            }
        }

        @Override
        public void closed(LoadSocket from, String why) {
            if (upstream != null) {
                upstream.close();
            }
        }
    }

    private record Model(Caller caller) implements LoadSocket.Listener {
        @Override
        public void opened(LoadSocket opened) {
            caller.upstream = opened;
            caller.early.forEach(opened::send);
        }

        @Override
        public void text(LoadSocket from, byte[] bytes, int at, int length, long nowNanos) {
            Matcher delta = DELTA.matcher(new String(bytes, at, length, StandardCharsets.UTF_8));
            if (delta.find()) {
                caller.socket.send("{\"event\":\"media\",\"streamSid\":\"" + caller.streamSid
                        + "\",\"media\":{\"payload\":\"" + delta.group(1) + "\"}}");
            }
        }

        @Override
        public void closed(LoadSocket from, String why) {
            caller.socket.close();
        }
    }
}
