package centralita.simulators.caller;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.speech.Clips;
import centralita.simulators.speech.Mulaw;
import centralita.simulators.twilio.CallReport;
import centralita.simulators.twilio.PhoneLine;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A caller on a line whose clock the test moves. */
class ScriptRunTest {
    private static final String HEAD = "call +15005550006\n";

    private final List<String> pressed = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private boolean over;

    private ScriptRun run(String steps) {
        var script = CallerScript.parse("test", HEAD + steps);
        var run = new ScriptRun(script, new ScriptSounds(script), ClipRecognizer.ofRecordedClips(), 0);
        run.connected(new PhoneLine() {
            @Override
            public String callSid() {
                return "CA1";
            }

            @Override
            public void press(String digits) {
                pressed.add(digits);
            }

            @Override
            public void hangUp() {
                end(run, CallReport.EndedBy.CALLER);
            }
        });
        return run;
    }

    private void end(ScriptRun run, CallReport.EndedBy by) {
        if (!over) {
            over = true;
            run.ended(
                    new CallReport("CA1", "+1", "+2", "completed", by, Duration.ZERO, List.of(), List.of(), List.of()));
        }
    }

    /** Moves the line's clock by the length of what is heard. */
    private void hear(ScriptRun run, byte[] audio) {
        for (int at = 0; at < audio.length && !over; at += 160) {
            var frame = new byte[160];
            Arrays.fill(frame, Mulaw.SILENCE);
            run.speak(frame);
            said.writeBytes(frame);
            if (!over) {
                var piece = Arrays.copyOf(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 160)), 160);
                run.hear(piece, 160);
            }
        }
    }

    private void quiet(ScriptRun run, int ms) {
        hear(run, Mulaw.silence(ms));
    }

    private static byte[] clip(String name) {
        return Clips.recorded().get("en", name).mulaw();
    }

    private static List<String> failures(ScriptRun run) {
        return run.steps().stream().map(CallerReport.StepReport::failure).toList();
    }

    @Test
    void aConversationGoesAsWritten() {
        // Given
        var run = run("""
                hear greeting within 10s
                wait for silence 500ms
                say hello
                press 1#
                wait for speech within 5s
                hear happy-to-help within 5s
                expect ended by assistant within 5s
                """);

        // When
        quiet(run, 400);
        hear(run, clip("greeting"));
        quiet(run, 3_000);
        hear(run, clip("happy-to-help"));
        quiet(run, 1_000);
        end(run, CallReport.EndedBy.TWIML);

        // Then
        assertThat(failures(run)).containsOnly("").hasSize(7);
        assertThat(pressed).containsExactly("1#");
        assertThat(ClipRecognizer.ofRecordedClips().listen(said.toByteArray()))
                .extracting(heard -> heard.clip().name())
                .containsExactly("hello");
    }

    @Test
    void whatGoesOnAfterAnInterruptionIsHeardInPieces() {
        // Given: 60 %, a pause that ends a hearing, and the rest
        var answer = clip("greeting");
        var cut = answer.length * 6 / 10;
        var run = run("hear greeting within 20s\nhang up");

        // When
        hear(run, Arrays.copyOf(answer, cut));
        quiet(run, 2_500);
        hear(run, Arrays.copyOfRange(answer, cut, answer.length));
        quiet(run, 500);

        // Then
        assertThat(failures(run)).containsExactly("", "");
    }

    @Test
    void aBeginningThatIsSaidAgainIsNoWhole() {
        // Given: twice the same 60 %
        var beginning = Arrays.copyOf(clip("greeting"), clip("greeting").length * 6 / 10);
        var run = run("hear greeting within 10s\nhang up");

        // When
        hear(run, beginning);
        quiet(run, 2_000);
        hear(run, beginning);
        quiet(run, 6_000);

        // Then
        assertThat(failures(run)).containsExactly("'greeting' was not heard within 10000 ms", "not reached");
    }

    @Test
    void whatIsHeardTwiceCountsOnce() {
        // Given: the first half, then its end again and no more
        var answer = clip("hours-and");
        var run = run("hear hours-and within 10s\nhang up");

        // When
        hear(run, Arrays.copyOf(answer, answer.length / 2));
        quiet(run, 2_000);
        hear(run, Arrays.copyOfRange(answer, answer.length / 2 - 190 * 8, answer.length * 6 / 10));
        quiet(run, 9_000);

        // Then
        assertThat(failures(run)).containsExactly("'hours-and' was not heard within 10000 ms", "not reached");
    }

    @Test
    void whatWasFoundDoesNotCountAgain() {
        // Given
        var run = run("hear greeting within 10s\nhear greeting within 5s\nhang up");

        // When: the first is found before its end
        hear(run, clip("greeting"));
        quiet(run, 6_000);

        // Then
        assertThat(failures(run)).containsExactly("", "'greeting' was not heard within 5000 ms", "not reached");
    }

    @Test
    void anInterruptionComesWhenSoMuchWasHeard() {
        // Given
        var run = run("interrupt after 1s with stop-wait\nhang up");

        // When
        quiet(run, 500);
        hear(run, clip("long-answer"));

        // Then: the voice is noticed 60 ms late, and its first samples are quiet
        assertThat(failures(run)).containsExactly("", "");
        var spoken = ClipRecognizer.ofRecordedClips().listen(said.toByteArray());
        assertThat(spoken).hasSize(1);
        assertThat(spoken.getFirst().fromMs() - spoken.getFirst().clipFromMs()).isBetween(1_500, 2_000);
    }

    @Test
    void theFirstFailureEndsTheCallAndTheRestIsNotReached() {
        // Given
        var run = run("wait for speech within 1s\nsay hello\nhang up");

        // When
        quiet(run, 3_000);

        // Then
        assertThat(over).isTrue();
        assertThat(failures(run)).containsExactly("nobody spoke within 1000 ms", "not reached", "not reached");
        assertThat(run.steps().getFirst().line()).isEqualTo(2);
    }

    @Test
    void whoseScriptIsOverHangsUp() {
        // Given
        var run = run("wait for speech within 5s\nexpect speech");

        // When
        hear(run, clip("greeting"));

        // Then
        assertThat(over).isTrue();
        assertThat(failures(run)).containsExactly("");
    }

    @Test
    void aCallThatEndsTooEarlyFailsTheStepThatWaited() {
        // Given
        var run = run("hear greeting within 10s\nsay hello");

        // When
        quiet(run, 1_000);
        end(run, CallReport.EndedBy.TWIML);

        // Then
        assertThat(failures(run))
                .containsExactly("the call ended and 'greeting' was not heard", "the call ended before: completed");
    }

    @Test
    void deadAirIsTheLongestTimeInWhichTheCallerWaited() {
        // Given
        var run = run("pause 5s\nwait for speech within 10s\nhang up");

        // When: the pause is the caller's own
        quiet(run, 5_000);
        quiet(run, 2_000);
        hear(run, clip("greeting"));

        // Then: 60 ms until speech counts as such, and a quiet beginning
        assertThat(failures(run)).containsExactly("", "", "");
        assertThat(run.deadAirMs()).isBetween(2_000, 2_400);
    }

    @Test
    void theParrotsOwnFramesHaveToComeBack() {
        // Given
        var run = run("parrot 1s\nhang up");

        // When: what is said comes back 100 ms later, but for the last 200 ms
        for (int frame = 0; frame < 500 && !over; frame++) {
            var mine = new byte[160];
            Arrays.fill(mine, Mulaw.SILENCE);
            run.speak(mine);
            said.writeBytes(mine);
            if (!over) {
                int at = frame * 160 - 800;
                boolean back = at >= 0 && frame < 45;
                run.hear(back ? Arrays.copyOfRange(said.toByteArray(), at, at + 160) : Mulaw.silence(20), 160);
            }
        }

        // Then
        assertThat(run.parrotCount()).isEqualTo(new ParrotPattern.Count(50, 40, 10, 0, 0, 0));
        assertThat(failures(run).getFirst())
                .isEqualTo("of 50 frames 40 came back; lost 10, corrupted 0, of others 0, repeated 0");
    }
}
