package centralita.simulators.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerScriptTest {
    @Test
    void everyFormOfStepIsRead() {
        // When
        var script = CallerScript.parse("all", """
                # Everything there is.
                call +15005550006 from +1415555####
                language en

                say hello
                say file voice/a.wav
                wait   for speech within 10s
                wait for silence 800ms
                wait for silence 0.5 s within 3 s
                interrupt after 1500 ms with stop-wait
                press 12#
                pause 2s
                hear greeting within 5s
                parrot 8s
                expect ended by assistant within 4s
                expect ended by caller within 4s
                expect speech
                expect dead air below 3s
                expect truncated within 40ms
                expect tool call
                expect tool call get_current_time
                hang up
                """);

        // Then
        assertThat(script.about()).isEqualTo("Everything there is.");
        assertThat(script.to()).isEqualTo("+15005550006");
        assertThat(script.numberOf(123)).isEqualTo("+14155550123");
        assertThat(script.lines().getFirst()).isEqualTo(new CallerScript.Line(5, "say hello", new Step.Say("hello")));
        assertThat(script.lines().stream().map(CallerScript.Line::step))
                .isEqualTo(List.of(
                        new Step.Say("hello"),
                        new Step.SayFile(Path.of("voice/a.wav")),
                        new Step.WaitForSpeech(10_000),
                        new Step.WaitForSilence(800, 60_000),
                        new Step.WaitForSilence(500, 3_000),
                        new Step.Interrupt(1_500, "stop-wait"),
                        new Step.Press("12#"),
                        new Step.Pause(2_000),
                        new Step.Hear("greeting", 5_000),
                        new Step.Parrot(8_000),
                        new Step.ExpectEnd(true, 4_000),
                        new Step.ExpectEnd(false, 4_000),
                        new Step.ExpectSpeech(),
                        new Step.ExpectDeadAirBelow(3_000),
                        new Step.ExpectTruncated(40),
                        new Step.ExpectToolCall(""),
                        new Step.ExpectToolCall("get_current_time"),
                        new Step.HangUp()));
    }

    @Test
    void everyWrongLineIsNamedWithItsNumber() {
        assertThatThrownBy(() -> CallerScript.parse("wrong", """
                        call 555
                        say hello
                        wait for speech
                        dance
                        hear nothing-known within 5s
                        """))
                .isInstanceOf(ScriptException.class)
                .message()
                .contains("wrong.call:1: '555' is no number like +15005550006")
                .contains("wrong.call:3: 'wait for speech' is no step; known: wait for speech within TIME")
                .contains("wrong.call:4: 'dance' is no step; see docs/caller-scripts.md")
                .contains("wrong.call:5: no en clip 'nothing-known'; there are ")
                .doesNotContain("call:2:");
    }

    @Test
    void aScriptWithoutACallSaysWhatIsMissing() {
        assertThatThrownBy(() -> CallerScript.parse("empty", "# nothing"))
                .hasMessage("empty.call:1: a script needs a line 'call NUMBER' or 'call NUMBER from NUMBER'");
    }

    @Test
    void whatTheAssistantSaysCannotBeSaidByTheCaller() {
        assertThatThrownBy(() -> CallerScript.parse("x", "call +15005550006\nsay greeting"))
                .hasMessageContaining("x.call:2: no en clip 'greeting'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "greeting-and-goodbye",
                "tool-call",
                "barge-in",
                "silence",
                "digits",
                "parrot",
                "demo-en",
                "demo-es"
            })
    void theScriptsThatComeAlongCanBeReadAndAreTheSameAsFiles(String name) throws IOException {
        // Given
        var root = System.getProperty("repository.root", "..");
        var file = Path.of(root, "simulators", "scripts", name + ".call");

        // When
        var script = CallerScript.named(name);
        var read = CallerScript.read(file);

        // Then
        assertThat(script.about()).isNotEmpty();
        assertThat(read.lines()).isEqualTo(script.lines());
        assertThat(Files.readString(file)).startsWith("# ");
    }
}
