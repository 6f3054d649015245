package centralita.simulators.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.continuity.SessionLog.Heard;
import centralita.simulators.speech.QuietStamp;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionLogTest {
    private static final int CALLER = 12;

    private final AtomicLong nowMs = new AtomicLong(1_000);
    private final SessionLog log = new SessionLog(nowMs::get);

    @Test
    void whatTwoSessionsOfACallHeardIsOneThing() {
        // Given
        var first = log.opened("sess_1", "call-a");
        var second = log.opened("sess_2", "call-a");

        // When
        first.heard(new QuietStamp(CALLER, 0, 0).frame());
        first.heard(new QuietStamp(CALLER, 1, 0).frame());
        second.heard(new QuietStamp(CALLER, 1, 0).frame());
        second.heard(new QuietStamp(CALLER, 3, 0).frame());

        // Then
        assertThat(log.heard("call-a")).isEqualTo(new Heard(frames(0, 1, 3), 0));
    }

    @Test
    void framesOfAnotherCallerAreCounted() {
        // Given
        var session = log.opened("sess_1", "call-a");

        // When
        session.heard(new QuietStamp(CALLER, 0, 0).frame());
        session.heard(new QuietStamp(CALLER + 1, 1, 0).frame());

        // Then
        assertThat(log.heard("call-a")).isEqualTo(new Heard(frames(0), 1));
    }

    @Test
    void aSessionKnowsWhenItHeardAndWhenItDidNot() {
        // Given
        var session = log.opened("sess_1", "call-a");

        // When
        at(1_100, () -> session.heard(new byte[160]));
        at(1_200, () -> session.heard(new byte[160]));
        at(2_000, () -> session.heard(new byte[160]));
        at(2_050, () -> session.closed(1000));

        // Then
        assertThat(log.sessions())
                .containsExactly(new SessionLog.Session(
                        1, "call-a", 1_000, 1_100, 2_000, 2_050, List.of(new SessionLog.Pause(1_200, 2_000))));
        assertThat(log.open()).isZero();
    }

    @Test
    void aSessionSignsWithItsNumberAndItsCall() {
        // Given
        log.opened("sess_1", "call-a");
        var second = log.opened("sess_2", "call-b");

        // When
        second.signature();
        var stamp = QuietStamp.read(second.signature(), 0);

        // Then
        assertThat(stamp).isEqualTo(new QuietStamp("call-b".hashCode(), 2, 2));
    }

    private void at(long ms, Runnable happens) {
        nowMs.set(ms);
        happens.run();
    }

    private static BitSet frames(int... numbers) {
        var frames = new BitSet();
        for (int number : numbers) {
            frames.set(number);
        }
        return frames;
    }
}
