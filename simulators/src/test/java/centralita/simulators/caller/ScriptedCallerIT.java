package centralita.simulators.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import centralita.simulators.speech.Clips;
import centralita.simulators.twilio.CallReport;
import centralita.simulators.twilio.OurSide;
import centralita.simulators.twilio.TwilioSettings;
import centralita.simulators.twilio.TwilioStandIn;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts over real sockets, against a side that greets and repeats. */
class ScriptedCallerIT {
    private static final String CALL_ID = "019ab0f4-0000-7000-8000-000000000001";

    private OurSide ourSide;
    private TwilioStandIn twilio;

    @BeforeEach
    void start() {
        ourSide = new OurSide();
        twilio = TwilioStandIn.start(TwilioSettings.of(
                "AC00000000000000000000000000000001", "fake-auth-token-primary-0000000001", ourSide.baseUrl()));
        ourSide.answers(
                "/webhook/twilio",
                "<Connect><Stream url='/media/1'/></Connect><Redirect>/webhook/twilio/after-stream/" + CALL_ID
                        + "</Redirect>");
        ourSide.answers("/webhook/twilio/after-stream/" + CALL_ID, "<Hangup/>");
    }

    @AfterEach
    void stop() {
        twilio.close();
        ourSide.close();
    }

    /** Says a word, then repeats what it hears: who speaks before the stream is open is not heard. */
    private static void greetAndRepeat(OurSide.Stream stream, JsonObject message) {
        if ("start".equals(message.getString("event"))) {
            stream.play(Clips.recorded().get("en", "parrot-on").mulaw());
        }
        repeat(stream, message);
    }

    private static void repeat(OurSide.Stream stream, JsonObject message) {
        if ("media".equals(message.getString("event"))) {
            stream.play(
                    Base64.getDecoder().decode(message.getJsonObject("media").getString("payload")));
        }
    }

    @Test
    void theGreetingIsRecognisedAndTheReportTellsTheStory() throws InterruptedException {
        // Given
        ourSide.onStreamMessage((stream, message) -> {
            if ("start".equals(message.getString("event"))) {
                stream.play(Clips.recorded().get("en", "goodbye").mulaw());
                stream.mark("end");
            } else if ("mark".equals(message.getString("event"))) {
                stream.close();
            }
        });
        var script = CallerScript.parse(
                "short",
                "call +15005550006\nhear goodbye within 20s\nexpect ended by assistant within 10s\nexpect speech");

        // When
        var verdict = ScriptedCaller.on(twilio).run(script, 1);

        // Then
        var out = new ByteArrayOutputStream();
        verdict.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(verdict.passed()).as(out.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(verdict.exitCode()).isZero();
        var report = verdict.callers().getFirst();
        assertThat(report.callId()).isEqualTo(CALL_ID);
        assertThat(report.call().endedBy()).isEqualTo(CallReport.EndedBy.TWIML);
        assertThat(report.heard()).extracting(CallerReport.HeardClip::clip).containsExactly("goodbye");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ok   line 2")
                .contains("Thank you for your call. Goodbye.")
                .endsWith("short: 1 of 1 callers heard what they had to hear" + System.lineSeparator());
    }

    @Test
    void whoHearsSomethingElseFailsWithTheLineOfTheScript() throws InterruptedException {
        // Given
        ourSide.onStreamMessage((stream, message) -> {
            if ("start".equals(message.getString("event"))) {
                stream.play(Clips.recorded().get("en", "goodbye").mulaw());
            }
        });
        var script = CallerScript.parse("wrong", "call +15005550006\n\nhear stopping within 2s\nhang up");

        // When
        var verdict = ScriptedCaller.on(twilio).run(script, 1);

        // Then
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.callers().getFirst().steps())
                .extracting(CallerReport.StepReport::line, CallerReport.StepReport::failure)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3, "'stopping' was not heard within 2000 ms"),
                        org.assertj.core.groups.Tuple.tuple(4, "not reached"));
    }

    @Test
    void manyParrotsAtOnceHearOnlyThemselves() throws InterruptedException {
        // Given
        ourSide.onStreamMessage(ScriptedCallerIT::greetAndRepeat);
        var script = CallerScript.parse(
                "parrots", "call +15005550006 from +1415555####\nhear parrot-on within 20s\nparrot 3s\nhang up");

        // When
        var verdict = ScriptedCaller.on(twilio).withCallsPerSecond(100).run(script, 100);

        // Then
        assertThat(verdict.callers())
                .allSatisfy(caller -> assertThat(caller.parrot())
                        .isEqualTo(new CallerReport.ParrotReport(
                                caller.parrot().sent(), caller.parrot().sent(), 0, 0, 0, 0)));
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.callers().stream()
                        .map(caller -> caller.call().from())
                        .distinct())
                .hasSize(100);
    }

    @Test
    void aStrangersVoiceIsFoundOut() throws InterruptedException {
        // Given: everybody hears what the first one says
        ourSide.onStreamMessage((stream, message) -> {
            if (stream == ourSide.streams().getFirst()) {
                ourSide.streams().stream()
                        .filter(other -> !other.events("start").isEmpty())
                        .forEach(other -> repeat(other, message));
            }
        });
        var script = CallerScript.parse("crossed", "call +15005550006\npause 2s\nparrot 4s\nhang up");

        // When
        var verdict = ScriptedCaller.on(twilio).withCallsPerSecond(100).run(script, 2);

        // Then
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.callers().stream()
                        .mapToInt(caller -> caller.parrot().crossed())
                        .sum())
                .isPositive();
    }

    @Test
    void theModelsMemoryIsComparedWithWhatTheLinePlayed() throws InterruptedException {
        // Given: 11 s are sent, the line is cleared when 1 s of it has sounded, the model remembers 10.5 s
        ourSide.onStreamMessage((stream, message) -> {
            switch (message.getString("event")) {
                case "start" -> {
                    stream.play(new byte[8_000]);
                    stream.mark("a second");
                    stream.play(new byte[80_000]);
                }
                case "mark" -> {
                    stream.clear();
                    stream.close();
                }
                default -> {}
            }
        });
        ourSide.answersBy(
                "/stand-in/sessions",
                request -> new OurSide.Answer(
                        200,
                        "application/json",
                        ("[{\"clientRequestId\":\"" + request.field("clientRequestId")
                                        + "\",\"items\":[{\"type\":\"message\",\"role\":\"assistant\",\"audioMs\":11000,"
                                        + "\"truncatedAtMs\":10500}]}]")
                                .getBytes(StandardCharsets.UTF_8),
                        0));
        var script = CallerScript.parse(
                "memory",
                "call +15005550006\nexpect ended by assistant within 20s\nexpect truncated within 40ms\nexpect tool call");

        // When
        var verdict = ScriptedCaller.on(twilio)
                .askingModel(URI.create(ourSide.baseUrl().toString()))
                .run(script, 1);

        // Then
        var failures = verdict.callers().getFirst().steps().stream()
                .map(CallerReport.StepReport::failure)
                .toList();
        assertThat(failures.getFirst()).isEmpty();
        assertThat(failures.get(1)).startsWith("the model believes 10500 ms of an answer were heard, the line played ");
        assertThat(failures.get(2)).isEqualTo("the model called no tool");
        assertThat(ourSide.requests("/stand-in/sessions").getFirst().field("clientRequestId"))
                .isEqualTo(CALL_ID);
    }

    @Test
    void humanSpeechFromAFileArrivesByteForByte(@TempDir Path folder) throws Exception {
        // Given
        var human = humanSpeech().resolve("en-hello-world.wav");
        assumeThat(human).as("recorded human speech (set speech.folder)").exists();
        Files.copy(human, folder.resolve("hello.wav"));
        var file = folder.resolve("human.call");
        Files.writeString(file, "call +15005550006\nsay file hello.wav\npause 500ms\nhang up\nexpect speech");
        ourSide.onStreamMessage(ScriptedCallerIT::greetAndRepeat);

        // When
        var verdict = ScriptedCaller.on(twilio).run(CallerScript.read(file), 1);

        // Then
        assertThat(verdict.passed()).isTrue();
    }

    /** Recordings of people are not a part of this repository: a folder beside it, or the one that is named. */
    private static Path humanSpeech() {
        var beside = Path.of(System.getProperty("repository.root", ".."), "../shared/speech")
                .normalize();
        return Path.of(System.getProperty("speech.folder", beside.toString()));
    }

    @Test
    void aMissingFileIsFoundBeforeAnybodyCalls(@TempDir Path folder) throws IOException {
        // Given
        var file = folder.resolve("x.call");
        Files.writeString(file, "call +15005550006\nsay file nobody.wav");
        var script = CallerScript.read(file);

        // Then
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> ScriptedCaller.on(twilio).run(script, 1))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("x.call:2: cannot say 'nobody.wav'");
    }
}
