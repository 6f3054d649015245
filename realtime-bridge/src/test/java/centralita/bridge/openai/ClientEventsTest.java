package centralita.bridge.openai;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.Samples;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelCommand.Role;
import centralita.bridge.model.ModelOrder;
import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.id.UuidV7;
import centralita.oracles.OpenAiOracle;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we write is judged by the vendor's own models. */
class ClientEventsTest {
    static Stream<ModelCommand> commands() {
        return Stream.of(
                new ModelCommand.Ask("ask_1", null),
                new ModelCommand.Ask("ask_2", "Say \"hello\"\nand ñ."),
                new ModelCommand.Tell(Role.CALLER, "Hola"),
                new ModelCommand.Tell(Role.ASSISTANT, "Hola, le ayudo."),
                new ModelCommand.Tell(Role.SYSTEM, "Resumed."),
                new ModelCommand.RecallTool("call_1", "get_current_time", "{}"),
                new ModelCommand.AnswerTool("call_1", "{\"a\":1}"),
                new ModelCommand.Truncate("item_1", 1_234),
                new ModelCommand.Delete("item_1"),
                new ModelCommand.Cancel("resp_1"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theVendorTakesEveryCommand(ModelCommand command) {
        OpenAiOracle.assertClientEvent(ClientEvents.write(command).toString());
    }

    @Test
    void audioIsAppendedAsItCame() {
        // When
        var event = ClientEvents.append(Unpooled.wrappedBuffer(new byte[] {(byte) 0xFF, 0, 127}));

        // Then
        var json = new String(event, StandardCharsets.UTF_8);
        OpenAiOracle.assertClientEvent(json);
        assertThat(json).isEqualTo("{\"type\":\"input_audio_buffer.append\",\"audio\":\"/wB/\"}");
    }

    @Test
    void linearSamplesAreNamedAndSixTimesAsLong() {
        // Given
        var wire = WireAudio.of(AudioFormat.PCM24);

        // When
        var update = SessionUpdate.of(
                        order(detections().findFirst().orElseThrow()), "gpt-realtime-2.1", new Fixed(), wire)
                .toString();
        var event = wire.append(Unpooled.wrappedBuffer(new byte[160]));

        // Then
        OpenAiOracle.assertClientEvent(update);
        assertThat(update)
                .contains("\"format\":{\"type\":\"audio/pcm\",\"rate\":24000}")
                .doesNotContain("pcmu");
        var json = new String(event, StandardCharsets.UTF_8);
        OpenAiOracle.assertClientEvent(json);
        assertThat(json).hasSize("{\"type\":\"input_audio_buffer.append\",\"audio\":\"\"}".length() + 960 * 4 / 3);
        assertThat(wire.heard("item_1", new byte[960])).hasSize(160);
    }

    static Stream<AssistantProfile.TurnDetection> detections() {
        return Stream.of(
                new AssistantProfile.TurnDetection("server_vad", 0.5, 300, 400, null),
                new AssistantProfile.TurnDetection("server_vad", null, null, null, null),
                new AssistantProfile.TurnDetection("semantic_vad", null, null, null, "low"));
    }

    @ParameterizedTest
    @MethodSource("detections")
    void theVendorTakesEverySession(AssistantProfile.TurnDetection detection) {
        for (var model : List.of("gpt-realtime-2.1", "gpt-realtime-1.5")) {
            // When
            var update = SessionUpdate.of(order(detection), model, new Fixed(), WireAudio.of(AudioFormat.PCMU))
                    .toString();

            // Then
            OpenAiOracle.assertClientEvent(update);
            assertThat(update.contains("\"reasoning\"")).isEqualTo(model.equals("gpt-realtime-2.1"));
        }
    }

    private static ModelOrder order(AssistantProfile.TurnDetection detection) {
        var assistant = Samples.assistant();
        var settings = new AssistantProfile.ModelSettings(null, "marin", 1.1, null, List.of("Acme"), detection);
        return new ModelOrder(
                UuidV7.next(),
                new AssistantProfile(
                        "a", 1, "A", "es-ES", "Be brief.", null, null, settings, List.of(), assistant.limits()),
                null,
                "Be brief.",
                List.of(new ModelOrder.Function(
                        "f", "Does it.", JsonNodeFactory.instance.objectNode().put("type", "object"))));
    }

    private record Fixed() implements OpenAiConfig {
        @Override
        public URI realtimeUrl() {
            return URI.create("ws://127.0.0.1:1/v1/realtime");
        }

        @Override
        public String apiKey() {
            return "sk-test";
        }

        @Override
        public String model() {
            return "gpt-realtime-2.1";
        }

        @Override
        public AudioFormat audioFormat() {
            return AudioFormat.PCMU;
        }

        @Override
        public String transcriptionModel() {
            return "gpt-transcribe";
        }

        @Override
        public Optional<String> reasoningEffort() {
            return Optional.of("low");
        }

        @Override
        public double retentionRatio() {
            return 0.8;
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration configureTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration pingInterval() {
            return Duration.ofSeconds(15);
        }

        @Override
        public SafetyIdentifier safetyIdentifier() {
            return SafetyIdentifier.OPENAI_ONLY;
        }
    }
}
