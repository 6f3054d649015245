package centralita.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.Clips;
import centralita.simulators.speech.Mulaw;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.ObjectMappers;
import com.openai.core.http.WebSocketWriteNotAttempted;
import com.openai.helpers.RealtimeConnection;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeServerEvent;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The vendor's own client, in its strict mode, holds a whole conversation with the stand-in. */
class VendorClientIT {
    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();

    @Test
    @Timeout(120)
    void theVendorsClientIsGreetedAsksForTheTimeInterruptsAndSaysGoodbye() throws JsonProcessingException {
        try (var standIn = ModelStandIn.start();
                var http = OkHttpClient.builder().build();
                var connection = RealtimeConnection.connect(
                        options(standIn, http),
                        RealtimeWebSocketOptions.builder()
                                .model("gpt-realtime-2.1")
                                .build())) {
            // The session
            assertThat(connection.receive().isSessionCreated()).isTrue();
            send(connection, """
                {"type":"session.update","session":{"type":"realtime","instructions":"Be brief.","audio":{"input":{"format":{"type":"audio/pcmu"},
                 "transcription":{"model":"gpt-transcribe"},"turn_detection":{"type":"server_vad","silence_duration_ms":400}},
                 "output":{"format":{"type":"audio/pcmu"},"voice":"cedar"}},
                 "tools":[{"type":"function","name":"get_current_time","description":"Tells the time.","parameters":{"type":"object","properties":{}}}]}}""");
            assertThat(connection.receive().isSessionUpdated()).isTrue();

            // The greeting
            send(connection, "{\"type\":\"response.create\",\"response\":{\"instructions\":\"Greet.\"}}");
            until(connection, RealtimeServerEvent::isResponseDone);
            assertThat(heard()).containsExactly("en/greeting");

            // The time
            say(connection, Clips.recorded().get("en", "what-time").mulaw());
            until(connection, RealtimeServerEvent::isInputAudioBufferSpeechStarted);
            var called = until(connection, RealtimeServerEvent::isResponseFunctionCallArgumentsDone);
            until(connection, RealtimeServerEvent::isResponseDone);
            until(connection, RealtimeServerEvent::isConversationItemInputAudioTranscriptionCompleted);
            audio.reset();
            send(connection, """
                {"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"%s","output":"14:05"}}""".formatted(
                            called.asResponseFunctionCallArgumentsDone().callId()));
            send(connection, "{\"type\":\"response.create\"}");
            until(connection, RealtimeServerEvent::isResponseDone);
            assertThat(heard())
                    .containsExactly("en/time-is", "en/number-14", "en/hours-and", "en/number-5", "en/minutes");

            // The interruption: the long answer needs more than a second at eight times its speed
            say(connection, Clips.recorded().get("en", "opening-hours").mulaw());
            var answer = until(connection, RealtimeServerEvent::isResponseOutputAudioDelta);
            say(connection, Clips.recorded().get("en", "stop-wait").mulaw());
            until(connection, RealtimeServerEvent::isResponseDone);
            // Nothing is on its way then that could pass, or be passed by, what is waited for.
            until(
                    connection,
                    event -> isTranscript(
                            event, Clips.recorded().get("en", "stop-wait").text()));
            send(connection, """
                {"type":"conversation.item.truncate","item_id":"%s","content_index":0,"audio_end_ms":60}""".formatted(answer.asResponseOutputAudioDelta().itemId()));
            until(connection, RealtimeServerEvent::isConversationItemTruncated);

            // The end
            say(connection, Clips.recorded().get("en", "thank-you-goodbye").mulaw());
            until(connection, RealtimeServerEvent::isInputAudioBufferSpeechStopped);
            audio.reset();
            until(connection, RealtimeServerEvent::isResponseDone);
            assertThat(heard()).containsExactly("en/goodbye");
            assertThat(standIn.sessions().getFirst().errors()).isEmpty();
        }
    }

    private static boolean isTranscript(RealtimeServerEvent event, String text) {
        return event.isConversationItemInputAudioTranscriptionCompleted()
                && event.asConversationItemInputAudioTranscriptionCompleted()
                        .transcript()
                        .equals(text);
    }

    private static ClientOptions options(ModelStandIn standIn, OkHttpClient http) {
        return ClientOptions.builder()
                .httpClient(http)
                .apiKey("sk-test")
                .baseUrl(standIn.apiUrl().toString())
                .responseValidation(true)
                .checkJacksonVersionCompatibility(false)
                .build();
    }

    private static void send(RealtimeConnection connection, String json) throws JsonProcessingException {
        var event = ObjectMappers.jsonMapper()
                .readValue(json, RealtimeClientEvent.class)
                .validate();
        // This client refuses to queue much, and says so.
        await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .ignoreException(WebSocketWriteNotAttempted.Busy.class)
                .until(() -> {
                    connection.send(event);
                    return true;
                });
    }

    private static void say(RealtimeConnection connection, byte[] mulaw) throws JsonProcessingException {
        for (var piece : List.of(Mulaw.silence(200), mulaw, Mulaw.silence(700))) {
            for (int at = 0; at < piece.length; at += 800) {
                var chunk = Arrays.copyOfRange(piece, at, Math.min(at + 800, piece.length));
                send(
                        connection,
                        "{\"type\":\"input_audio_buffer.append\",\"audio\":\"%s\"}"
                                .formatted(Base64.getEncoder().encodeToString(chunk)));
            }
        }
    }

    private RealtimeServerEvent until(RealtimeConnection connection, Predicate<RealtimeServerEvent> wanted) {
        while (true) {
            var event = connection.receive();
            if (event.isResponseOutputAudioDelta()) {
                audio.writeBytes(Base64.getDecoder()
                        .decode(event.asResponseOutputAudioDelta().delta()));
            }
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    private List<String> heard() {
        return ClipRecognizer.ofRecordedClips().listen(audio.toByteArray()).stream()
                .map(heard -> heard.clip().toString())
                .toList();
    }
}
