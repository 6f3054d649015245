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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
                new ModelCommand.LetHear(new byte[] {(byte) 0xFF, 0, 127}),
                new ModelCommand.RecallTool("call_1", "get_current_time", "{}"),
                new ModelCommand.AnswerTool("call_1", "{\"a\":1}"),
                new ModelCommand.Truncate("item_1", 1_234),
                new ModelCommand.Delete("item_1"),
                new ModelCommand.Cancel("resp_1"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theVendorTakesEveryCommand(ModelCommand command) {
        OpenAiOracle.assertClientEvent(
                ClientEvents.write(command, WireAudio.of(AudioFormat.PCMU)).toString());
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
        var settings = new TestOpenAi("gpt-realtime-2.1", AudioFormat.PCM24);
        var provider = Providers.of(settings, new NoOthers()).getFirst();
        var wire = WireAudio.of(provider.format());

        // When
        var update = SessionUpdate.of(order(detections().findFirst().orElseThrow()), provider, settings)
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
        assertThat(wire.whole(new byte[160])).hasSize(960);
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
            var provider = Providers.of(new TestOpenAi(model), new NoOthers()).getFirst();
            var update = SessionUpdate.of(order(detection), provider, new TestOpenAi(model))
                    .toString();

            // Then
            OpenAiOracle.assertClientEvent(update);
            assertThat(update.contains("\"reasoning\"")).isEqualTo(model.equals("gpt-realtime-2.1"));
        }
    }

    @ParameterizedTest
    @MethodSource("detections")
    void theVendorsBetaTakesEverySession(AssistantProfile.TurnDetection detection) {
        // Given
        var first = new TestOpenAi("gpt-realtime-2.1");
        var provider = Providers.of(first, new NoOthers()).getFirst();

        // When
        var update = Dialect.BETA.render(SessionUpdate.of(order(detection), provider, first));

        // Then
        OpenAiOracle.assertBetaClientEvent(update.toString());
        assertThat(update.path("session").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "modalities",
                        "instructions",
                        "tools",
                        "tool_choice",
                        "voice",
                        "speed",
                        "input_audio_format",
                        "output_audio_format",
                        "input_audio_transcription",
                        "turn_detection");
        assertThat(update.at("/session/input_audio_format").textValue()).isEqualTo("g711_ulaw");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theVendorsBetaTakesEveryCommand(ModelCommand command) {
        OpenAiOracle.assertBetaClientEvent(Dialect.BETA
                .render(ClientEvents.write(command, WireAudio.of(AudioFormat.PCMU)))
                .toString());
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
}
