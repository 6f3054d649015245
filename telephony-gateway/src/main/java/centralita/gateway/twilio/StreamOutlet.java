package centralita.gateway.twilio;

import centralita.mediasocket.FrameOutlet;
import io.vertx.core.http.ServerWebSocket;

/** What goes out over one media stream: audio, and the marks behind it. Event loop only. */
final class StreamOutlet {
    private final ServerWebSocket socket;
    private final FrameOutlet outlet;
    private final StreamFrames frames;

    /** @param streamSid the stream's id at the provider, as {@link Sid} allows it */
    StreamOutlet(ServerWebSocket socket, FrameOutlet outlet, String streamSid) {
        this.socket = socket;
        this.outlet = outlet;
        this.frames = new StreamFrames(streamSid);
    }

    /** @return false when the socket is closed or takes no more now */
    boolean media(byte[] mulaw, int offset, int length) {
        return !outlet.full() && write(frames.media(mulaw, offset, length));
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
        outlet.text(message, 0, message.length);
        return true;
    }
}
