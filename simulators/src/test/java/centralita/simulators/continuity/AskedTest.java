package centralita.simulators.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.speech.Clip;
import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.Clips;
import centralita.simulators.speech.Mulaw;
import centralita.simulators.speech.SpeechDetector;
import centralita.simulators.speech.SpeechDetector.Edge;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AskedTest {
    private static final int FRAME_MS = 20;
    private static final ClipRecognizer RECOGNIZER = ClipRecognizer.ofRecordedClips();

    @ParameterizedTest
    @MethodSource("whatCallersSay")
    void whateverIsMissingIsUnderstoodByTheModelWhenItIsNotMoreThanDispensable(Clip said) {
        int saidMs = said.mulaw().length / Mulaw.BYTES_PER_MS;
        for (int fromMs = 0; fromMs + Asked.DISPENSABLE_MS <= saidMs + FRAME_MS; fromMs += FRAME_MS) {
            // When
            var sent = without(said.mulaw(), fromMs, fromMs + Asked.DISPENSABLE_MS);

            // Then
            assertThat(RECOGNIZER.listen(sent))
                    .as("without %d ms from %d ms", Asked.DISPENSABLE_MS, fromMs)
                    .extracting(heard -> heard.clip().name())
                    .containsOnly(said.name());
            assertThat(new SpeechDetector(SpeechDetector.Sensitivity.DEFAULT).add(sent))
                    .as("without %d ms from %d ms", Asked.DISPENSABLE_MS, fromMs)
                    .hasAtLeastOneElementOfType(Edge.Started.class)
                    .hasAtLeastOneElementOfType(Edge.Stopped.class);
        }
    }

    static Stream<Clip> whatCallersSay() {
        return Stream.of("en", "es")
                .flatMap(language -> Arrays.stream(Question.values())
                        .map(Question::said)
                        .filter(Objects::nonNull)
                        .map(name -> Clips.recorded().get(language, name)));
    }

    @Test
    void whatWentIntoNoStreamIsNotAnswerable() {
        // When
        var unheard = new Asked(Question.CHAT, 1, 0, 1_300, 1_300, 0, -1, 0, Asked.Outcome.UNANSWERED, List.of());
        var nearlyAll = new Asked(Question.CHAT, 1, 0, 1_300, 1_300, 1_000, -1, 0, Asked.Outcome.UNANSWERED, List.of());
        var tooLittle = new Asked(Question.CHAT, 1, 0, 1_300, 1_300, 999, -1, 0, Asked.Outcome.UNANSWERED, List.of());

        // Then
        assertThat(Stream.of(unheard, nearlyAll, tooLittle).map(Asked::answerable))
                .containsExactly(false, true, false);
    }

    /** What a model gets that hears quiet before and after. Frames that no stream took are not silence, they are not. */
    private static byte[] without(byte[] said, int fromMs, int toMs) {
        var sent = new ByteArrayOutputStream();
        sent.writeBytes(Mulaw.silence(500));
        sent.write(said, 0, fromMs * Mulaw.BYTES_PER_MS);
        int rest = Math.min(said.length, toMs * Mulaw.BYTES_PER_MS);
        sent.write(said, rest, said.length - rest);
        sent.writeBytes(Mulaw.silence(1_000));
        return sent.toByteArray();
    }
}
