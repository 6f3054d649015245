package centralita.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.model.RealtimeClient.Judge;
import centralita.simulators.speech.Clips;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may happen while the model speaks, at a speed that leaves time for it. */
class InterruptionIT {
    private static ModelStandIn standIn;

    @BeforeAll
    static void start() {
        // Slower than speech, so that no machine is too slow to interrupt a long answer.
        standIn =
                ModelStandIn.start(ModelStandInOptions.defaults().withSpeed(0.5).withDeltaMs(20));
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    private static RealtimeClient speaking(String turnDetection, String requestId) {
        var client =
                RealtimeClient.connect(standIn, "gpt-realtime-2.1", Judge.GA, Map.of("X-Client-Request-Id", requestId));
        client.configure(turnDetection, "");
        client.send("""
            {"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Tell me about your opening hours."}]}}""");
        client.send("{\"type\":\"response.create\"}");
        client.await("response.output_audio.delta");
        return client;
    }

    private static byte[] clip(String name) {
        return Clips.recorded().get("en", name).mulaw();
    }

    @Test
    void speechCancelsTheResponseAndTheHeardPartIsKept() {
        try (var client = speaking("{\"type\":\"server_vad\"}", "barge-in")) {
            client.quiet(300).say(clip("stop-wait")).quiet(700);

            var cancelled = client.await("response.done").get("response");
            assertThat(cancelled.get("status").asText()).isEqualTo("cancelled");
            assertThat(cancelled.at("/status_details/reason").asText()).isEqualTo("turn_detected");
            var itemId = cancelled.at("/output/0/id").asText();
            int madeMs = client.audio(itemId).length / 8;

            client.send(truncate(itemId, 0, madeMs + 1));
            assertThat(client.awaitError("invalid_value").get("message").asText())
                    .isEqualTo("Audio content of %dms is already shorter than %dms".formatted(madeMs, madeMs + 1));
            client.send(truncate(itemId, 0, 100));
            assertThat(client.await("conversation.item.truncated")
                            .get("audio_end_ms")
                            .asInt())
                    .isEqualTo(100);

            var item = standIn.sessions("barge-in").getFirst().items().stream()
                    .filter(record -> record.itemId().equals(itemId))
                    .findFirst()
                    .orElseThrow();
            assertThat(item)
                    .isEqualTo(new SessionRecord.ItemRecord(
                            itemId, "assistant", "message", "incomplete", "", java.util.List.of(), madeMs, 100, false));
        }
    }

    @Test
    void withoutInterruptionTheTurnIsAnsweredAfterwards() {
        try (var client = speaking("{\"type\":\"server_vad\",\"interrupt_response\":false}", "polite")) {
            client.quiet(300).say(clip("stop-wait")).quiet(700);
            client.await("conversation.item.done");
            client.send("{\"type\":\"response.cancel\"}");

            assertThat(client.await("response.done")
                            .at("/response/status_details/reason")
                            .asText())
                    .isEqualTo("client_cancelled");
            client.await("response.created");
        }
    }

    @Test
    void withoutAutomaticResponsesTheTurnIsOnlyReported() {
        try (var client = RealtimeClient.connect(standIn, "gpt-realtime-2.1")) {
            client.configure("{\"type\":\"semantic_vad\",\"create_response\":false,\"interrupt_response\":false}", "");
            client.quiet(300).say(clip("hello")).quiet(1_200);

            client.await("conversation.item.input_audio_transcription.completed");

            assertThat(client.types()).doesNotContain("response.created");
        }
    }

    @Test
    void aSecondResponseIsRefusedAndOneBesideTheConversationIsNot() {
        try (var client = speaking("null", "second")) {
            client.send("{\"type\":\"response.create\",\"event_id\":\"mine\"}");
            assertThat(client.awaitError("conversation_already_has_active_response")
                            .get("event_id")
                            .asText())
                    .isEqualTo("mine");

            client.send(
                    "{\"type\":\"response.create\",\"response\":{\"conversation\":\"none\",\"output_modalities\":[\"text\"]}}");
            assertThat(client.await("response.done")
                            .at("/response/conversation_id")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void whatIsNotThereCannotBeTruncatedDeletedRetrievedOrCancelled() {
        try (var client = RealtimeClient.connect(standIn, "gpt-realtime-2.1")) {
            client.configure("null", "");
            client.send("{\"type\":\"response.cancel\"}").awaitError("response_cancel_not_active");
            client.send(truncate("nobody", 0, 5)).awaitError("item_truncate_invalid_item_id");
            client.send("{\"type\":\"conversation.item.delete\",\"item_id\":\"nobody\"}")
                    .awaitError("item_delete_invalid_item_id");
            client.send("{\"type\":\"conversation.item.retrieve\",\"item_id\":\"nobody\"}")
                    .awaitError("item_retrieve_invalid_item_id");
            client.send("{\"type\":\"input_audio_buffer.commit\"}").awaitError("input_audio_buffer_commit_empty");
            client.send(item("a", null, "x")).await("conversation.item.done");
            client.send(truncate("a", 0, 0)).awaitError("unsupported_content_type");
            client.send(item("b", "nobody", "x")).awaitError("item_create_invalid_previous_item_id");
            client.send(item("a", null, "x")).awaitError("invalid_value");
            client.send(
                            "{\"type\":\"response.create\",\"response\":{\"conversation\":\"none\",\"input\":[{\"type\":\"item_reference\",\"id\":\"nobody\"}]}}")
                    .awaitError("item_not_found");
            client.send(item("c", "root", "first")).await("conversation.item.done");

            client.send("{\"type\":\"conversation.item.delete\",\"item_id\":\"a\"}")
                    .await("conversation.item.deleted");
        }
    }

    @Test
    void aRefusedUpdateChangesNothingAndTheVoiceIsFixedOnceItWasHeard() {
        try (var client = speaking("null", "voice")) {
            client.send("""
                {"type":"session.update","event_id":"u1","session":{"type":"realtime","instructions":"new","audio":{"output":{"voice":"cedar"}}}}""");
            assertThat(client.awaitError("cannot_update_voice").get("event_id").asText())
                    .isEqualTo("u1");
            client.send(
                    "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"instructions\":\"new\",\"bogus\":1}}");
            assertThat(client.awaitError("unknown_parameter").get("param").asText())
                    .isEqualTo("session.bogus");

            client.send("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"tools\":[]}}");
            var session = client.await("session.updated").get("session");

            assertThat(session.get("instructions").asText()).isNotEqualTo("new");
            assertThat(session.at("/audio/output/voice").asText()).isEqualTo("marin");
        }
    }

    private static String truncate(String itemId, int contentIndex, int audioEndMs) {
        return "{\"type\":\"conversation.item.truncate\",\"item_id\":\"%s\",\"content_index\":%d,\"audio_end_ms\":%d}"
                .formatted(itemId, contentIndex, audioEndMs);
    }

    private static String item(String id, String previous, String text) {
        return "{\"type\":\"conversation.item.create\",\"previous_item_id\":%s,\"item\":{\"id\":\"%s\",\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"%s\"}]}}"
                .formatted(previous == null ? "null" : "\"" + previous + "\"", id, text);
    }
}
