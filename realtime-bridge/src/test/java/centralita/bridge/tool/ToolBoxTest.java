package centralita.bridge.tool;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolBoxTest {
    private final ToolConfig config = new ToolConfig() {
        @Override
        public ZoneId timezone() {
            return ZoneId.of("Europe/Madrid");
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }
    };
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T09:30:00Z"), ZoneOffset.UTC);
    private final ToolBox box =
            new ToolBox(List.of(new CurrentTime(clock, config), new EndCall(), new SendDigits()), config);

    private ToolBox.Answer run(String name, String arguments) {
        return box.run(Samples.assistant(), name, arguments).await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void theTimeIsTheOrganisationsUnlessAPlaceIsNamed() {
        // When
        var here = run("get_current_time", "{}");
        var there = run("get_current_time", "{\"timezone\":\"Asia/Tokyo\"}");

        // Then
        assertThat(here)
                .isEqualTo(
                        new ToolBox.Answer(
                                "ok",
                                "{\"time\":\"2026-11-23T10:30:00+01:00\",\"timezone\":\"Europe/Madrid\",\"weekday\":\"Monday\"}"));
        assertThat(there)
                .isEqualTo(new ToolBox.Answer(
                        "ok",
                        "{\"time\":\"2026-11-23T18:30:00+09:00\",\"timezone\":\"Asia/Tokyo\",\"weekday\":\"Monday\"}"));
    }

    /** TH-13: keys only for assistants that may press them, and only keys. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            '{"digits":"12#"}', ok
            '{"digits":"1 2"}', refused
            '{"digits":"123456789012345678901234567890123"}', refused
            '{"digits":""}', refused
            '{"digits":7}', refused
            '{}', refused
            """)
    void keysArePressedOnlyIfTheyAreKeys(String arguments, String outcome) {
        // Given
        var allowed = Samples.assistant("send_digits");

        // When
        var answer = new ToolBox(List.of(new SendDigits()), config)
                .run(allowed, "send_digits", arguments)
                .await()
                .atMost(Duration.ofSeconds(10));

        // Then
        assertThat(answer.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "F-O8 {2}")
    @CsvSource(quoteCharacter = '\'', textBlock = """
            transfer_to_mars, '{}', unknown_function
            get_current_time, '{"timezone":7}', invalid_arguments
            get_current_time, '{"hour":7}', invalid_arguments
            get_current_time, '{"timezone":"Mars/Base"}', unknown_timezone
            get_current_time, '{"timezone":', invalid_json
            get_current_time, '[]', invalid_json
            send_digits, '{"digits":"1"}', unknown_function
            """)
    void whatTheModelGetsWrongItIsTold(String name, String arguments, String reason) {
        // When
        var answer = run(name, arguments);

        // Then
        assertThat(answer.outcome()).isEqualTo("refused");
        assertThat(answer.output()).contains("\"error\":\"" + reason + "\"");
    }

    @Test
    void anAssistantIsGivenItsOwnFunctionsOnly() {
        // When
        var names = box.functions(Samples.assistant()).stream()
                .map(function -> function.name())
                .toList();

        // Then
        assertThat(names).containsExactly("get_current_time", "end_call");
    }
}
