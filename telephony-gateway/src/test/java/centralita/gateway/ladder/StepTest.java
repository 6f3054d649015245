package centralita.gateway.ladder;

import static centralita.gateway.ladder.Rung.CALLBACK;
import static centralita.gateway.ladder.Rung.PERSON;
import static centralita.gateway.ladder.Rung.VOICEMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.gateway.ladder.Step.Doing;
import centralita.gateway.ladder.Step.Means;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StepTest {
    private static final Doing DIAL = new Doing.ConnectPerson("+15005550007");
    private static final List<Rung> ALL = List.of(PERSON, CALLBACK, VOICEMAIL);

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(ALL, 0, means(true, true, true), new Step(0, DIAL)),
                Arguments.of(ALL, 1, means(true, true, true), new Step(1, new Doing.AskForCallback())),
                Arguments.of(ALL, 1, means(true, true, false), new Step(1, new Doing.PromiseCallback())),
                Arguments.of(ALL, 2, means(true, true, true), new Step(2, new Doing.TakeMessage())),
                Arguments.of(ALL, 3, means(true, true, true), new Step(3, new Doing.SayGoodbye())),
                Arguments.of(ALL, 99, means(true, true, true), new Step(3, new Doing.SayGoodbye())),
                Arguments.of(ALL, -1, means(true, true, true), new Step(0, DIAL)),
                Arguments.of(ALL, 0, means(false, true, true), new Step(1, new Doing.AskForCallback())),
                Arguments.of(ALL, 0, means(false, false, true), new Step(2, new Doing.TakeMessage())),
                Arguments.of(List.of(CALLBACK), 0, means(true, false, true), new Step(1, new Doing.SayGoodbye())),
                Arguments.of(List.of(), 0, means(true, true, true), new Step(0, new Doing.SayGoodbye())));
    }

    private static Means means(boolean line, boolean callable, boolean ask) {
        return new Means(line ? Optional.of("+15005550007") : Optional.empty(), callable, ask);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theNextStepIsTheFirstThatCanBeOffered(List<Rung> rungs, int from, Means means, Step expected) {
        // When, then
        assertThat(Step.next(rungs, from, means)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyLadderEndsAfterAtMostAsManyStepsAsItHasRungs(List<Rung> rungs, int from, Means means, Step first) {
        // When: every step fails
        var step = first;
        var taken = 1;
        while (!step.last()) {
            step = Step.next(rungs, step.at() + 1, means);
            taken++;
        }

        // Then
        assertThat(taken).isLessThanOrEqualTo(rungs.size() + 1);
    }

    @ParameterizedTest
    @EnumSource(Situation.class)
    void aSituationIsFoundByItsWordAndByTheReasonOfItsEnd(Situation situation) {
        // When, then
        assertThat(Situation.of(situation.word())).contains(situation);
        assertThat(Situation.of(situation.reason())).contains(situation);
    }

    @Test
    void linesAreSpokenInALanguageThatTheyAreWrittenIn() {
        // When
        var languages = Stream.of("es-MX", "es", "en-GB", "en", "de-DE", "")
                .map(SpokenLanguage::of)
                .toList();

        // Then
        assertThat(languages)
                .containsExactly(
                        new SpokenLanguage("es-MX", true),
                        new SpokenLanguage("es-ES", true),
                        new SpokenLanguage("en-GB", false),
                        SpokenLanguage.ENGLISH,
                        SpokenLanguage.ENGLISH,
                        SpokenLanguage.ENGLISH);
        assertThat(SpokenLanguage.ofNumber("+34911234567", SpokenLanguage.ENGLISH)
                        .spanish())
                .isTrue();
        assertThat(SpokenLanguage.ofNumber("+15005550006", SpokenLanguage.ENGLISH))
                .isEqualTo(SpokenLanguage.ENGLISH);
    }

    @ParameterizedTest
    @EnumSource(Line.class)
    void everyLineIsWrittenInBothLanguages(Line line) {
        // When
        var spanish = line.in(SpokenLanguage.of("es"));
        var english = line.in(SpokenLanguage.of("en"));

        // Then
        assertThat(List.of(spanish, english)).allMatch(text -> !text.isBlank()).doesNotHaveDuplicates();
    }
}
