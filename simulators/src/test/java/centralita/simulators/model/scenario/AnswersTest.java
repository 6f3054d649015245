package centralita.simulators.model.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.simulators.model.scenario.Reply.Part;
import centralita.simulators.model.scenario.Situation.Trigger;
import centralita.simulators.speech.Clip;
import centralita.simulators.speech.Clips;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static final Scenario RECEPTIONIST = Scenarios.named("receptionist");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receptionist",
                "parrot",
                "drop",
                "going-away",
                "rate-limited",
                "server-error",
                "slow",
                "very-slow",
                "stall",
                "quota",
                "unknown-events",
                "garbage",
                "huge-frames",
                "no-usage",
                "fast",
                "many-calls",
                "bad-arguments",
                "unknown-tool",
                "short-session",
                "beta"
            })
    void everyScenarioSaysOnlyClipsThatExist(String name) {
        // Given
        var scenario = Scenarios.named(name);

        // Then
        assertThat(scenario.about()).isNotBlank();
        for (var rule : scenario.rules()) {
            for (var clips : List.of(rule.say(), rule.firstSay(), rule.withoutTool())) {
                clips.stream().filter(clip -> !clip.startsWith("$")).forEach(clip -> {
                    assertThat(Clips.recorded().find("en", clip)).as(clip).isPresent();
                    assertThat(Clips.recorded().find("es", clip)).as(clip).isPresent();
                });
            }
        }
    }

    @Test
    void theQuestionForTheTimeCallsTheToolIfItIsOffered() throws IOException {
        assertThat(answer(new Trigger.Understood("what-time"), function("get_current_time")))
                .isEqualTo(new Reply(
                        List.of(
                                speech("let-me-look"),
                                new Part.Call("get_current_time", "{\"timezone\":\"Europe/Madrid\"}")),
                        false));
        assertThat(answer(new Trigger.Understood("what-time"), Map.of()))
                .isEqualTo(
                        new Reply(List.of(speech("time-is", "number-9", "hours-and", "number-5", "minutes")), false));
    }

    @Test
    void whatWasCutOffIsSaidToItsEnd() {
        // Given
        var whole = Clips.recorded().get("en", "code-word-noted");
        var half = whole.text().substring(0, whole.text().length() / 2).strip();

        // When
        var reply = answer(new Trigger.CutOff(half), Map.of());

        // Then
        assertThat(reply.parts()).singleElement().isInstanceOfSatisfying(Part.Speech.class, rest -> {
            assertThat(rest.lengthMs()).isBetween(whole.lengthMs() / 2 - 100, whole.lengthMs() / 2 + 100);
            assertThat(whole.text()).endsWith(rest.text());
            var sound = rest.clips().getFirst().mulaw();
            assertThat(Arrays.copyOfRange(whole.mulaw(), whole.mulaw().length - sound.length, whole.mulaw().length))
                    .isEqualTo(sound);
        });
        assertThat(answer(new Trigger.CutOff(whole.text()), Map.of()))
                .isEqualTo(answer(new Trigger.NothingNew(), Map.of()));
        assertThat(answer(new Trigger.CutOff("Nobody ever said this"), Map.of()))
                .isEqualTo(answer(new Trigger.NothingNew(), Map.of()));
    }

    @Test
    void aTimeThatWasCutOffIsSaidToItsEnd() {
        // Given
        var whole = speech("time-is", "number-14", "hours-and", "number-7", "minutes");
        var spoken = whole.text().substring(0, whole.text().length() * 2 / 3).strip();
        var situation = new Situation(
                new Trigger.CutOff(spoken),
                "en",
                Map.of(),
                false,
                "",
                false,
                "{\"time\":\"14:07\"}",
                LocalTime.of(9, 5));

        // When
        var rest = (Part.Speech) Answers.decide(RECEPTIONIST, situation).parts().getFirst();

        // Then
        assertThat(rest.lengthMs()).isLessThan(whole.lengthMs() / 2);
        assertThat(rest.clips()).last().isEqualTo(Clips.recorded().get("en", "minutes"));
    }

    @Test
    void theTimeOfTheToolsResultIsSpoken() {
        var result = new Trigger.ToolResult("get_current_time", "{\"time\":\"2026-11-23T14:07:59+01:00\"}");

        assertThat(answer(result, Map.of()))
                .isEqualTo(
                        new Reply(List.of(speech("time-is", "number-14", "hours-and", "number-7", "minutes")), false));
    }

    @Test
    void aToolResultWithoutATimeIsAdmitted() {
        assertThat(answer(new Trigger.ToolResult("get_current_time", "{\"error\":\"no\"}"), Map.of()))
                .isEqualTo(new Reply(List.of(speech("tool-failed")), false));
    }

    @Test
    void goodbyeCallsTheEndOfTheCallOnlyIfOffered() throws IOException {
        assertThat(answer(new Trigger.Understood("thank-you-goodbye"), Map.of()).parts())
                .containsExactly(speech("goodbye"));
        assertThat(answer(new Trigger.Understood("thank-you-goodbye"), function("end_call"))
                        .parts())
                .containsExactly(
                        speech("goodbye"), new Part.Call("end_call", "{\"timezone\":\"asked by the caller\"}"));
    }

    @Test
    void whatNoRuleKnowsIsNotUnderstood() {
        assertThat(answer(new Trigger.NotUnderstood(), Map.of()))
                .isEqualTo(new Reply(List.of(speech("not-understood")), false));
    }

    @Test
    void fiftyCallsAreFiftyCalls() throws IOException {
        var situation = situation(new Trigger.Understood("what-time"), function("get_current_time"));

        assertThat(Answers.decide(Scenarios.named("many-calls"), situation).parts())
                .hasSize(50);
    }

    @Test
    void anUnknownScenarioAndAMisspeltFieldAreRefused() {
        assertThatThrownBy(() -> Scenarios.named("../receptionist")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scenarios.parse("mine", "rulez: []")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Reply answer(Trigger trigger, Map<String, JsonNode> functions) {
        return Answers.decide(RECEPTIONIST, situation(trigger, functions));
    }

    private static Situation situation(Trigger trigger, Map<String, JsonNode> functions) {
        return new Situation(trigger, "en", functions, false, "", false, "", LocalTime.of(9, 5));
    }

    private static Map<String, JsonNode> function(String name) throws IOException {
        return Map.of(name, new ObjectMapper().readTree("""
                                {"type":"function","name":"%s","parameters":{"type":"object",
                                 "properties":{"timezone":{"type":"string"}},"required":["timezone"]}}""".formatted(name)));
    }

    private static Part.Speech speech(String... names) {
        return new Part.Speech(Arrays.stream(names)
                .map(name -> Clips.recorded().get("en", name))
                .map(Clip.class::cast)
                .toList());
    }
}
