package centralita.simulators.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.Clips;
import centralita.simulators.speech.Mulaw;
import centralita.simulators.twilio.CallReport;
import centralita.simulators.twilio.LineEvent;
import centralita.simulators.twilio.PhoneLine;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class ContinuityCallerTest {
    private static final int CODE_WORD_MS =
            Clips.recorded().get("en", "code-word-is").mulaw().length / Mulaw.BYTES_PER_MS;
    private static final int FRAME_MS = 20;
    /** Until the latest moment at which a struck caller speaks, and then some. */
    private static final int FRAMES = 200;

    @Test
    void whatIsSaidWhileAStreamIsOpenIsSent() {
        // When
        var asked = saidIntoAStrike(_ -> true);

        // Then
        assertThat(asked.saidMs()).isEqualTo(CODE_WORD_MS);
        assertThat(asked.unsentMs()).isZero();
    }

    @Test
    void whatIsSaidWithoutAStreamIsNotSent() {
        // When
        var asked = saidIntoAStrike(_ -> false);

        // Then
        assertThat(asked.saidMs()).isEqualTo(CODE_WORD_MS);
        assertThat(asked.sentMs()).isZero();
    }

    @Test
    void ofWordsThatAStreamTookInPartThePartIsKnown() {
        // When
        var asked = saidIntoAStrike(frame -> frame % 2 == 0);

        // Then
        assertThat(asked.sentMs()).isBetween(CODE_WORD_MS / 2L - FRAME_MS, CODE_WORD_MS / 2L + FRAME_MS);
    }

    /** @param streaming at which frames there is a stream */
    private static Asked saidIntoAStrike(IntPredicate streaming) {
        var caller = new ContinuityCaller(1, "en", 20_000, 1, ClipRecognizer.ofRecordedClips());
        caller.connected(new Line());
        caller.struck();
        for (int frame = 0; frame < FRAMES; frame++) {
            caller.notice(
                    streaming.test(frame)
                            ? new LineEvent.StreamOpened("MZ1")
                            : new LineEvent.StreamClosed("MZ1", true));
            caller.speak(new byte[FRAME_MS * Mulaw.BYTES_PER_MS]);
        }
        caller.ended(new CallReport(
                "CA1",
                "+1",
                "+2",
                "completed",
                CallReport.EndedBy.TWIML,
                Duration.ofSeconds(4),
                List.of(),
                List.of(),
                List.of()));
        return caller.report().join().asked().getLast();
    }

    private static final class Line implements PhoneLine {
        @Override
        public String callSid() {
            return "CA1";
        }

        @Override
        public void press(String digits) {}

        @Override
        public void hangUp() {}
    }
}
