package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.caller.CallerScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** I9: what nobody may read later is not written at all. */
@ExtendWith(SuiteExtension.class)
class PrivacyIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CALLER = "+12025550177";
    private static final String CALLED = "+15005550006";
    /** From the clips that the callers of the script and the assistant say. */
    private static final List<String> WORDS = List.of("you have reached the Centralita", "Thank you for your call");

    @Test
    void noLogHoldsANumberAWordOrASecret(RunningSuite running) throws Exception {
        // Given
        var script = CallerScript.named("greeting-and-goodbye").calling(CALLED, CALLER);
        List<String> secrets = secrets(running);

        // When
        Callers.phone(running, script);

        // Then
        for (Path log : running.logs()) {
            String text = Files.readString(log);
            assertThat(text).as(log.toString()).isNotEmpty();
            assertThat(found(text, secrets)).as("secrets in %s", log).isZero();
            assertThat(found(text, List.of(CALLER.substring(1), CALLED.substring(1))))
                    .as("numbers in %s", log)
                    .isZero();
            assertThat(found(text, WORDS)).as("speech in %s", log).isZero();
        }
    }

    @Test
    void noTraceHoldsANumberAWordOrASecret(RunningSuite running) throws Exception {
        // Given
        var script = CallerScript.named("greeting-and-goodbye").calling(CALLED, CALLER);
        var before = running.collector().tracesThrough(TraceCollector.ON_THE_WAY);

        // When
        Callers.phone(running, script);

        // Then: nothing is said of a trace that has not arrived
        await().atMost(LONG).until(() -> {
            var arrived = running.collector().tracesThrough(TraceCollector.ON_THE_WAY);
            arrived.removeAll(before);
            return !arrived.isEmpty();
        });
        assertThat(Stream.concat(
                                secrets(running).stream(),
                                Stream.concat(Stream.of(CALLER.substring(1), CALLED.substring(1)), WORDS.stream()))
                        .filter(running.collector()::knows)
                        .count())
                .as("things in traces that must not be there")
                .isZero();
    }

    /** Everything in the folder of secrets, whatever it is called, and what came from outside. */
    private static List<String> secrets(RunningSuite running) throws Exception {
        try (Stream<Path> files = Files.walk(running.suite().state().resolve("secrets"))) {
            return Stream.concat(
                            Stream.of(RunningSuite.MODEL_KEY),
                            files.filter(Files::isRegularFile)
                                    .filter(file -> !file.toString().contains("account-sid"))
                                    .filter(file -> !file.toString().contains("public"))
                                    .map(PrivacyIT::firstSecretLine))
                    .toList();
        }
    }

    /** A PEM file's first line says only what it is. */
    private static String firstSecretLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("-----") && !line.isBlank())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts, and does not show: a failing test's report is a log, too. */
    private static long found(String text, List<String> forbidden) {
        return forbidden.stream().filter(text::contains).count();
    }
}
