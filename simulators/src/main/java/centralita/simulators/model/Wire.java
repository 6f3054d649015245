package centralita.simulators.model;

import centralita.simulators.model.protocol.BetaDialect;
import centralita.simulators.model.protocol.Refusal;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a session's socket: numbers events, speaks the dialect, says when the peer does not keep up.
 * What is written after the end is dropped.
 */
final class Wire {
    private static final int MOST_WAITING = 64;

    private final ServerWebSocket socket;
    private final Channel channel;
    private final boolean beta;
    private final Optional<Consumer<String>> observer;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private long events;
    private boolean over;

    /** @param channel under the socket, to break it */
    Wire(ServerWebSocket socket, Channel channel, boolean beta, Optional<Consumer<String>> observer) {
        this.socket = socket;
        this.channel = channel;
        this.beta = beta;
        this.observer = observer;
        socket.drainHandler(_ -> drained());
    }

    static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    boolean beta() {
        return beta;
    }

    void send(ObjectNode event) {
        event.put("event_id", nextEventId());
        var rendered = beta ? BetaDialect.fromGa(event) : event;
        if (rendered != null) {
            sendRaw(rendered.toString());
        }
    }

    /** Sends text as it is, also what is no event. */
    void sendRaw(String text) {
        if (over) {
            return;
        }
        observer.ifPresent(o -> o.accept(text));
        // A broken socket shows itself by its close handler.
        socket.writeTextMessage(text);
    }

    void sendBinary(byte[] bytes) {
        if (!over) {
            socket.writeBinaryMessage(Buffer.buffer(bytes));
        }
    }

    /** The beginning of all audio events of one item, made once. */
    String audioPrefix(String responseId, String itemId, int outputIndex) {
        var type = beta ? "response.audio.delta" : "response.output_audio.delta";
        return "{\"type\":\"%s\",\"response_id\":\"%s\",\"item_id\":\"%s\",\"output_index\":%d,\"content_index\":0,\"event_id\":\""
                .formatted(type, responseId, itemId, outputIndex);
    }

    void sendAudio(String prefix, byte[] audio) {
        var base64 = Base64.getEncoder().encodeToString(audio);
        sendRaw(new StringBuilder(prefix.length() + base64.length() + 48)
                .append(prefix)
                .append(nextEventId())
                .append("\",\"delta\":\"")
                .append(base64)
                .append("\"}")
                .toString());
    }

    void sendError(Refusal refusal, @Nullable String clientEventId) {
        sendError("invalid_request_error", refusal.code(), refusal.getMessage(), refusal.param(), clientEventId);
    }

    void sendError(
            String type,
            @Nullable String code,
            @Nullable String message,
            @Nullable String param,
            @Nullable String clientEventId) {
        var event = event("error");
        event.putObject("error")
                .put("type", type)
                .put("code", code)
                .put("message", message)
                .put("param", param)
                .put("event_id", clientEventId);
        send(event);
    }

    /** @return whether more should wait until the peer has read; a socket that has ended takes everything and drops it */
    boolean full() {
        return !socket.isClosed() && socket.writeQueueFull();
    }

    /**
     * Runs something once the peer has read, or never when the socket ends before.
     *
     * @throws IllegalStateException when more than 64 wait: there are never so many writers
     */
    void whenDrained(Runnable then) {
        if (waiting.size() >= MOST_WAITING) {
            throw new IllegalStateException("too many wait for one socket");
        }
        waiting.add(then);
    }

    private void drained() {
        for (int left = waiting.size(); left > 0 && !over; left--) {
            var next = waiting.poll();
            if (next != null) {
                next.run();
            }
        }
    }

    void close(int code, String reason) {
        if (!over) {
            over = true;
            socket.close((short) code, reason);
        }
    }

    /** Breaks the connection without a close frame, so that the peer sees 1006. */
    void drop() {
        over = true;
        // What was sent before still goes out. Then past the pipeline, which would say goodbye.
        channel.flush();
        channel.unsafe().close(channel.voidPromise());
    }

    void ended() {
        over = true;
        waiting.clear();
    }

    private String nextEventId() {
        return "event_" + ++events;
    }
}
