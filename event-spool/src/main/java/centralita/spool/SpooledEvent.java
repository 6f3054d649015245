package centralita.spool;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it waits: {@code u8 topic, i64 i64 callId, u8 length of traceparent, traceparent, JSON}.
 *
 * @param json the envelope, UTF-8
 */
record SpooledEvent(
        Destination destination, UUID callId, @Nullable String traceparent, byte[] json) {
    private static final int FIXED_LENGTH = 1 + 16 + 1;

    /** Where an event goes. The numbers are on disk: they never change. */
    enum Destination {
        LIFECYCLE(1, Topics.CALL_LIFECYCLE),
        TRANSCRIPTS(2, Topics.CALL_TRANSCRIPTS),
        REQUESTS(3, Topics.CALL_REQUESTS);

        private final byte number;
        private final String topic;

        Destination(int number, String topic) {
            this.number = (byte) number;
            this.topic = topic;
        }

        String topic() {
            return topic;
        }

        static Destination of(byte number) {
            return switch (number) {
                case 1 -> LIFECYCLE;
                case 2 -> TRANSCRIPTS;
                case 3 -> REQUESTS;
                default -> throw new IllegalArgumentException("no topic has the number " + number);
            };
        }
    }

    static SpooledEvent of(CallEvent event) throws JsonProcessingException {
        var json = ContractsJson.mapper().writeValueAsBytes(event);
        return new SpooledEvent(Destination.LIFECYCLE, event.subject(), event.traceparent(), json);
    }

    static SpooledEvent of(TranscriptEvent event) throws JsonProcessingException {
        var json = ContractsJson.mapper().writeValueAsBytes(event);
        return new SpooledEvent(Destination.TRANSCRIPTS, event.subject(), event.traceparent(), json);
    }

    static SpooledEvent of(RequestEvent event) throws JsonProcessingException {
        var json = ContractsJson.mapper().writeValueAsBytes(event);
        return new SpooledEvent(Destination.REQUESTS, event.subject(), event.traceparent(), json);
    }

    byte[] encode() {
        // A traceparent has 55 characters; whatever is longer is none.
        var trace = traceparent == null || traceparent.length() > 255
                ? new byte[0]
                : traceparent.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(FIXED_LENGTH + trace.length + json.length)
                .put(destination.number)
                .putLong(callId.getMostSignificantBits())
                .putLong(callId.getLeastSignificantBits())
                .put((byte) trace.length)
                .put(trace)
                .put(json)
                .array();
    }

    /** @throws RuntimeException when the bytes are no such event */
    static SpooledEvent decode(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var destination = Destination.of(buffer.get());
        var callId = new UUID(buffer.getLong(), buffer.getLong());
        var trace = new byte[Byte.toUnsignedInt(buffer.get())];
        buffer.get(trace);
        var json = new byte[buffer.remaining()];
        buffer.get(json);
        return new SpooledEvent(
                destination, callId, trace.length == 0 ? null : new String(trace, StandardCharsets.ISO_8859_1), json);
    }
}
