package centralita.orchestrator;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.call.Tokens;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.MaskedNumber;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.request.RequestFact;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.contracts.transcript.TranscriptFact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One call as gateway and bridge tell it, and the way to tell it. */
final class Events {
    static final MaskedNumber CALLER = new MaskedNumber("0123456789abcdef0123456789abcdef", "67");
    static final MaskedNumber US = new MaskedNumber("fedcba9876543210fedcba9876543210", "01");

    private Events() {}

    /** An event on its topic. */
    record Told(String topic, UUID callId, String json) {}

    /** Turns of a call from its reception to its end, in order. */
    static List<Told> story(UUID callId, Instant begin) {
        var told = new ArrayList<Told>();
        told.add(call(
                callId,
                begin,
                new CallFact.Received(
                        Direction.INBOUND, "CA" + callId, "customer-service-en", 1, "en-US", CALLER, US)));
        told.add(said(
                callId,
                begin.plusMillis(10),
                new TranscriptFact.Context("+15551234567", "+15557654301", Map.of("account", "77"))));
        told.add(call(callId, begin.plusMillis(200), new CallFact.Answered("CA" + callId)));
        told.add(call(callId, begin.plusMillis(300), new CallFact.MediaStreamStarted("MZ1", 1, "bridge-1", 1)));
        told.add(said(
                callId,
                begin.plusMillis(900),
                new TranscriptFact.Said("ASSISTANT", "item_1", 1, "Hello, how can I help you today?", 100, 0L, false)));
        told.add(call(callId, begin.plusMillis(2000), new CallFact.Turn(1, "greeting", 0, 420L, 1800, 900, true)));
        told.add(said(
                callId,
                begin.plusMillis(2100),
                new TranscriptFact.Said("ASSISTANT", "item_1", 1, "Hello, how can I", 100, 900L, true)));
        told.add(said(
                callId,
                begin.plusMillis(2200),
                new TranscriptFact.Said("CALLER", "item_2", 2, "What time is it?", 1000, null, false)));
        told.add(call(callId, begin.plusMillis(2300), new CallFact.ToolCalled("call_1", "get_current_time", "ok", 3)));
        told.add(call(
                callId,
                begin.plusMillis(2400),
                new CallFact.ModelUsage(
                        "openai", "gpt-realtime-2.1", "resp_1", "completed", new Tokens(100, 60, 20, 10, 30, 40))));
        told.add(call(
                callId,
                begin.plusMillis(2500),
                new CallFact.ModelUsage(
                        "openai", "gpt-realtime-2.1", "resp_2", "cancelled", new Tokens(1, 0, 2, 0, 3, 4))));
        told.add(call(
                callId, begin.plusMillis(9000), new CallFact.Ended(Outcome.COMPLETED, EndReason.CALLER_HUNG_UP, 8800)));
        return told;
    }

    static Told call(UUID callId, Instant time, CallFact fact) {
        var event = CallEvent.of("telephony-gateway", callId, time, null, fact);
        return new Told(Topics.CALL_LIFECYCLE, callId, ContractsJson.write(event));
    }

    static Told said(UUID callId, Instant time, TranscriptFact fact) {
        var event = TranscriptEvent.of("realtime-bridge", callId, time, null, fact);
        return new Told(Topics.CALL_TRANSCRIPTS, callId, ContractsJson.write(event));
    }

    static Told asked(UUID callId, Instant time, RequestFact fact) {
        var event = RequestEvent.of("telephony-gateway", callId, time, null, fact);
        return new Told(Topics.CALL_REQUESTS, callId, ContractsJson.write(event));
    }

    static void send(List<Told> story) {
        try (var producer = producer()) {
            for (var told : story) {
                producer.send(new ProducerRecord<>(
                                told.topic(),
                                told.callId().toString(),
                                told.json().getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", System.getProperty("kafka.bootstrap.servers"), "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
