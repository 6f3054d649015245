package centralita.simulators.caller;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.twilio.LineEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TruncationJudgeTest {
    private static LineEvent.StreamCleared cleared(long playedMs, long droppedMs) {
        return new LineEvent.StreamCleared("MZ1", playedMs, droppedMs);
    }

    private static ModelMemory.Item said(int audioMs, @Nullable Integer truncatedAtMs) {
        return new ModelMemory.Item("message", "assistant", "", audioMs, truncatedAtMs);
    }

    private static ModelMemory.Item heard() {
        return new ModelMemory.Item("message", "user", "", 1_200, null);
    }

    @Test
    void aTruncationWhereTheLineStoppedIsRight() {
        // Given: 3 s of greeting, 2.5 s of an answer of 9 s, 1 s, 2 s of an answer of 9 s
        var clears = List.of(cleared(5_500, 6_000), cleared(8_500, 6_500));
        var items = List.of(
                said(3_000, null),
                heard(),
                said(9_000, 2_520),
                heard(),
                said(1_000, null),
                heard(),
                said(9_000, 1_980));

        // When
        var verdict = TruncationJudge.judge(clears, items, 40);

        // Then
        assertThat(verdict).isEmpty();
    }

    @Test
    void aTruncationElsewhereSaysByHowMuch() {
        // When
        var verdict = TruncationJudge.judge(
                List.of(cleared(5_500, 6_000)), List.of(said(3_000, null), said(9_000, 2_600)), 40);

        // Then
        assertThat(verdict)
                .isEqualTo("the model believes 2600 ms of an answer were heard, the line played 2500 ms of it");
    }

    @Test
    void noTruncationAtAllIsWrong() {
        assertThat(TruncationJudge.judge(List.of(cleared(5_500, 6_000)), List.of(said(9_000, null)), 40))
                .isEqualTo("the model truncated nothing");
    }

    @Test
    void aTruncationWithoutInterruptionIsWrong() {
        assertThat(TruncationJudge.judge(List.of(cleared(5_500, 0)), List.of(said(9_000, 5_500)), 40))
                .isEqualTo("the caller's line was never cleared while the assistant spoke");
    }
}
