package centralita.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.model.RealtimeClient.Judge;
import centralita.simulators.model.scenario.Scenarios;
import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.Clips;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole conversations with the stand-in; every event that it sends is held against the vendor's models. */
class ConversationIT {
    private static final String VAD =
            "{\"type\":\"server_vad\",\"threshold\":0.5,\"prefix_padding_ms\":300,\"silence_duration_ms\":500}";
    private static final String TOOLS = """
            ,"tools":[{"type":"function","name":"get_current_time","parameters":{"type":"object","properties":{"timezone":{"type":"string"}}}},
             {"type":"function","name":"end_call","parameters":{"type":"object","properties":{}}}]""";
    private static final ClipRecognizer RECOGNIZER = ClipRecognizer.ofRecordedClips();
    private static ModelStandIn standIn;

    @BeforeAll
    static void start() {
        standIn = ModelStandIn.start(ModelStandInOptions.defaults().withSpeed(Double.POSITIVE_INFINITY));
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    private static RealtimeClient call() {
        return RealtimeClient.connect(standIn, "gpt-realtime-2.1");
    }

    private static byte[] clip(String name) {
        return Clips.recorded().get("en", name).mulaw();
    }

    private static List<String> heard(RealtimeClient client, String itemId) {
        return RECOGNIZER.listen(client.audio(itemId)).stream()
                .map(heard -> heard.clip().toString())
                .toList();
    }

    private static String spokenItem(JsonNode responseDone, int index) {
        return responseDone.at("/response/output/" + index + "/id").asText();
    }

    @Test
    void oneTurnHasTheVendorsOrderOfEvents() {
        try (var client = call()) {
            client.configure(VAD, "");

            client.quiet(400).say(clip("hello")).quiet(700);
            client.await("response.done");
            client.await("conversation.item.input_audio_transcription.completed");

            assertThat(distinctInOrder(client.types()))
                    .containsExactly(
                            "session.created",
                            "session.updated",
                            "input_audio_buffer.speech_started",
                            "input_audio_buffer.speech_stopped",
                            "input_audio_buffer.committed",
                            "conversation.item.added",
                            "conversation.item.done",
                            "response.created",
                            "rate_limits.updated",
                            "response.output_item.added",
                            "response.content_part.added",
                            "response.output_audio_transcript.delta",
                            "response.output_audio.delta",
                            "response.output_audio.done",
                            "response.output_audio_transcript.done",
                            "response.content_part.done",
                            "response.output_item.done",
                            "response.done",
                            "conversation.item.input_audio_transcription.delta",
                            "conversation.item.input_audio_transcription.completed");
            assertThat(client.events("conversation.item.input_audio_transcription.completed"))
                    .extracting(event -> event.get("transcript").asText())
                    .containsExactly("Hello, good morning.");
            var done = client.events("response.done").getFirst();
            assertThat(heard(client, spokenItem(done, 0))).containsExactly("en/happy-to-help");
            assertThat(client.events("input_audio_buffer.speech_started")
                            .getFirst()
                            .get("audio_start_ms")
                            .asInt())
                    .isBetween(60, 240);
        }
    }

    private static List<String> distinctInOrder(List<String> types) {
        return types.stream().distinct().toList();
    }

    @Test
    void askedToSpeakFirstItGreetsInTheLanguageOfTheSession() {
        try (var client = call()) {
            client.configure("null", ",\"instructions\":\"Eres la recepcionista.\"");
            client.send(
                    "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"transcription\":null}}}}");
            client.await("session.updated");

            var done = client.send("{\"type\":\"response.create\"}").await("response.done");

            assertThat(heard(client, spokenItem(done, 0))).containsExactly("es/greeting");
            assertThat(done.at("/response/output/0/content/0/transcript").asText())
                    .startsWith("Hola, ha llamado");
        }
    }

    @Test
    void theToolIsCalledAfterAPreambleAndItsResultIsSpoken() {
        try (var client = call()) {
            client.configure(VAD, TOOLS + ",\"instructions\":\"%s\"".formatted("Be brief. ".repeat(40)));
            client.quiet(300).say(clip("what-time")).quiet(700);

            var calling = client.await("response.done").get("response");
            assertThat(calling.get("output")).hasSize(2);
            assertThat(heard(client, calling.at("/output/0/id").asText())).containsExactly("en/let-me-look");
            assertThat(calling.at("/output/1/name").asText()).isEqualTo("get_current_time");

            client.send("""
                    {"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"%s","output":"{\\"time\\":\\"14:05\\"}"}}""".formatted(calling.at("/output/1/call_id").asText()));
            var spoken = client.send("{\"type\":\"response.create\"}").await("response.done");

            assertThat(heard(client, spokenItem(spoken, 0)))
                    .containsExactly("en/time-is", "en/number-14", "en/hours-and", "en/number-5", "en/minutes");
            var usage = spoken.at("/response/usage");
            assertThat(usage.at("/output_token_details/audio_tokens").asInt())
                    .isEqualTo((client.audio(spokenItem(spoken, 0)).length / 8 + 49) / 50);
            // 400 characters of instructions and 222 of tools: two whole blocks of 64 are in the cache by now.
            assertThat(usage.at("/input_token_details/cached_tokens").asInt()).isEqualTo(128);
        }
    }

    @Test
    void goodbyeIsSaidAndThenTheEndOfTheCallIsAskedFor() {
        try (var client = call()) {
            client.configure(VAD, TOOLS);
            client.quiet(300).say(clip("thank-you-goodbye")).quiet(700);

            var done = client.await("response.done");

            assertThat(heard(client, spokenItem(done, 0))).containsExactly("en/goodbye");
            assertThat(done.at("/response/output/1/name").asText()).isEqualTo("end_call");
        }
    }

    @Test
    void memoryIsTheItemsAlsoWhenTheyAreReplayedAsText() {
        try (var client = call()) {
            client.configure(VAD, "");
            client.send("""
                {"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"The code word is tangerine."}]}}""");
            client.send("""
                {"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"I will remember the code word."}]}}""");
            client.await("conversation.item.done");
            client.await("conversation.item.done");

            client.quiet(300).say(clip("what-code-word")).quiet(700);
            var done = client.await("response.done");

            assertThat(heard(client, spokenItem(done, 0))).containsExactly("en/code-word-was");
        }
    }

    @Test
    void aFreshSessionKnowsNoCodeWord() {
        try (var client = call()) {
            client.configure(VAD, "");

            client.quiet(300).say(clip("what-code-word")).quiet(700);
            var done = client.await("response.done");

            assertThat(heard(client, spokenItem(done, 0))).containsExactly("en/code-word-unknown");
        }
    }

    @Test
    void parrotModeGivesEveryByteBackWithoutInterruption() {
        try (var client = RealtimeClient.connect(
                standIn, "gpt-realtime-2.1", Judge.GA, Map.of("X-Client-Request-Id", "parrot-call"))) {
            client.configure(VAD, "");
            client.quiet(300).say(clip("parrot-please")).quiet(700);
            client.await("response.done");
            int before = client.events("input_audio_buffer.speech_started").size();

            var said = Arrays.copyOf(clip("opening-hours"), 12_800);
            client.say(said);
            client.await("response.created");
            org.awaitility.Awaitility.await().atMost(RealtimeClient.PATIENCE).until(() -> {
                var items = standIn.sessions("parrot-call").getFirst().items();
                return items.getLast().audioMs() >= 1_600;
            });
            client.send("{\"type\":\"response.cancel\"}");
            var done = client.await("response.done");

            var echoed = client.audio(spokenItem(done, 0));
            assertThat(Arrays.copyOfRange(echoed, echoed.length - said.length, echoed.length))
                    .isEqualTo(said);
            assertThat(client.events("input_audio_buffer.speech_started")).hasSize(before);
        }
    }

    @Test
    void theParrotScenarioEchoesFromTheFirstFrame() {
        try (var client = RealtimeClient.connect(standIn, "stand-in:parrot")) {
            client.configure("null", "");
            client.say(clip("hello"));
            client.await(event -> client.audio(lastItem(client)).length == clip("hello").length, "all audio");

            assertThat(client.audio(lastItem(client))).isEqualTo(clip("hello"));
            client.send("{\"type\":\"response.create\"}").awaitError("conversation_already_has_active_response");
        }
    }

    private static String lastItem(RealtimeClient client) {
        var deltas = client.events("response.output_audio.delta");
        return deltas.isEmpty() ? "" : deltas.getLast().get("item_id").asText();
    }

    @Test
    void outOfBandResponsesLeaveTheConversationAlone() {
        try (var client = call()) {
            client.configure("null", "");

            client.send("""
                {"type":"response.create","response":{"conversation":"none","output_modalities":["text"],"metadata":{"purpose":"sentiment"},"tools":[],"tool_choice":"none"}}""");
            var done = client.await("response.done").get("response");

            assertThat(done.get("conversation_id").isNull()).isTrue();
            assertThat(done.at("/metadata/purpose").asText()).isEqualTo("sentiment");
            assertThat(done.at("/output/0/content/0/text").asText()).isEqualTo("{\"sentiment\":\"neutral\"}");
            assertThat(client.types()).doesNotContain("conversation.item.added", "rate_limits.updated");
        }
    }

    @Test
    void aForcedToolIsCalledAndTextIsWrittenWhenTextIsWanted() {
        try (var client = call()) {
            client.configure("null", TOOLS);

            client.send("""
                {"type":"response.create","response":{"tool_choice":{"type":"function","name":"end_call"}}}""");
            assertThat(client.await("response.done")
                            .at("/response/output/0/name")
                            .asText())
                    .isEqualTo("end_call");

            client.send("{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"text\"]}}");
            assertThat(client.await("response.done")
                            .at("/response/output/0/content/0/type")
                            .asText())
                    .isEqualTo("output_text");
        }
    }

    @Test
    void aTokenCapMakesTheResponseIncomplete() {
        try (var client = call()) {
            client.configure("null", ",\"max_output_tokens\":20");

            var done = client.send("{\"type\":\"response.create\"}")
                    .await("response.done")
                    .get("response");

            assertThat(done.get("status").asText()).isEqualTo("incomplete");
            assertThat(done.at("/status_details/reason").asText()).isEqualTo("max_output_tokens");
            assertThat(done.at("/output/0/status").asText()).isEqualTo("incomplete");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio/pcm", "audio/pcma"})
    void audioComesAndGoesInTheOtherFormats(String format) {
        try (var client = call()) {
            client.send("""
                {"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"%1$s"},"turn_detection":null},"output":{"format":{"type":"%1$s"}}}}}""".formatted(format));
            client.await("session.updated");

            var done = client.send("{\"type\":\"response.create\"}").await("response.done");

            int perMulawByte = format.equals("audio/pcm") ? 6 : 1;
            assertThat(client.audio(spokenItem(done, 0))).hasSize(clip("greeting").length * perMulawByte);
        }
    }

    @Test
    void aTurnCanBeCommittedByHandAndItsAudioRetrieved() {
        try (var client = call()) {
            client.configure("null", "");
            client.say(clip("hello")).send("{\"type\":\"input_audio_buffer.commit\"}");
            var itemId =
                    client.await("input_audio_buffer.committed").get("item_id").asText();
            client.await("conversation.item.input_audio_transcription.completed");

            client.send("{\"type\":\"conversation.item.retrieve\",\"item_id\":\"%s\"}".formatted(itemId));
            var retrieved = client.await("conversation.item.retrieved").get("item");

            assertThat(java.util.Base64.getDecoder()
                            .decode(retrieved.at("/content/0/audio").asText()))
                    .isEqualTo(clip("hello"));
            assertThat(client.types()).doesNotContain("response.created");
        }
    }

    @Test
    void silenceForTheIdleTimeMakesTheModelAskWhetherSomebodyIsThere() {
        try (var client = call()) {
            client.configure("{\"type\":\"server_vad\",\"idle_timeout_ms\":5000}", ",\"max_output_tokens\":30");
            client.send("{\"type\":\"response.create\"}").await("response.done");
            client.quiet(1_000);

            client.await("input_audio_buffer.timeout_triggered");
            var done = client.await("response.done");

            assertThat(heard(client, spokenItem(done, 0))).containsExactly("en/still-there");
        }
    }

    @Test
    void theBetaDialectIsSpokenOnRequest() {
        standIn.nextSession(Scenarios.named("beta"));
        try (var client = RealtimeClient.connect(
                standIn, "gpt-4o-realtime-preview", Judge.BETA, Map.of("OpenAI-Beta", "realtime=v1"))) {
            client.send("""
                {"type":"session.update","session":{"modalities":["audio","text"],"voice":"alloy","input_audio_format":"g711_ulaw","output_audio_format":"g711_ulaw",
                 "turn_detection":{"type":"server_vad"},"temperature":0.8}}""");
            assertThat(client.await("session.updated")
                            .at("/session/output_audio_format")
                            .asText())
                    .isEqualTo("g711_ulaw");

            client.quiet(300).say(clip("hello")).quiet(700);
            client.await("conversation.item.created");
            client.await("response.audio.delta");
            client.await("response.audio_transcript.done");
            client.await("response.done");

            assertThat(client.types()).doesNotContain("conversation.item.added", "response.output_audio.delta");
        }
    }
}
