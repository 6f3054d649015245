package centralita.simulators.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.oracles.TwilioSignatures;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Incoming calls, over real sockets, against a small server of our own. */
class TwilioStandInIT {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "fake-auth-token-primary-0000000001";
    private static final String FROM = "+14155550123";
    private static final String TO = "+15005550006";
    private static final String STREAM = "<Connect><Stream url='/media/t1'><Parameter name='token' value='s1'/>"
            + "</Stream></Connect><Redirect>/after</Redirect>";

    private OurSide ourSide;
    private TwilioStandIn twilio;

    @BeforeEach
    void start() {
        ourSide = new OurSide();
        twilio = TwilioStandIn.start(TwilioSettings.of(ACCOUNT, TOKEN, ourSide.baseUrl()));
        ourSide.answers("/after", "<Hangup/>");
    }

    @AfterEach
    void stop() {
        twilio.close();
        ourSide.close();
    }

    private CallReport finish(PlacedCall call) {
        return call.ended()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private OurSide.Stream stream() {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> ourSide.streams().size() == 1
                        && !ourSide.streams().getFirst().events("start").isEmpty());
        return ourSide.streams().getFirst();
    }

    @Test
    void everyRequestAndTheUpgradeAreSignedAsTwiliosHelperWantsIt() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM);
        var incoming = IncomingCall.of(FROM, TO)
                .withExtraFields(Map.of("SipHeader_X-Tenant", "acme", "NewParameter", "any thing"))
                .withStatusCallback("/status?x=%20y", CallbackConditions.GOOD);

        // When
        var call = twilio.phoneIn(incoming, RecordedHandset.silent());
        var stream = stream();
        stream.close();
        finish(call);

        // Then
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> ourSide.requests("/status").size() == 1);
        var judge = new TwilioSignatures(TOKEN);
        assertThat(ourSide.requests())
                .hasSize(3)
                .allSatisfy(
                        request -> assertThat(judge.helperAccepts(request.url(), request.fields(), request.signature()))
                                .isTrue());
        var socketUrl = ourSide.baseUrl().toString().replace("http", "ws") + "/media/t1";
        assertThat(judge.helperAccepts(socketUrl, Map.of(), stream.signature)).isTrue();
        assertThat(stream.headers)
                .containsEntry("user-agent", "Twilio.TmeWs/1.0")
                .doesNotContainKeys("origin", "sec-websocket-extensions", "sec-websocket-protocol");
        assertThat(ourSide.requests("/webhook/twilio").getFirst().fields())
                .containsEntry("CallSid", call.callSid())
                .containsEntry("AccountSid", ACCOUNT)
                .containsEntry("From", FROM)
                .containsEntry("Caller", FROM)
                .containsEntry("To", TO)
                .containsEntry("Called", TO)
                .containsEntry("CallStatus", "ringing")
                .containsEntry("Direction", "inbound")
                .containsEntry("FromCity", "")
                .containsEntry("SipHeader_X-Tenant", "acme")
                .containsEntry("NewParameter", "any thing")
                .containsKeys("CallToken", "StirVerstat");
    }

    @Test
    void aStreamTellsItsLifeInOrderAndPacesTheCallersAudio() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM);
        var handset = new RecordedHandset(0x55, (line, frame) -> {
                    if (frame == 20) {
                        line.press("5");
                    } else if (frame == 60) {
                        line.hangUp();
                    }
                })
                .fromTheStreamsOpening();

        // When
        var report = finish(twilio.phoneIn(IncomingCall.of(FROM, TO), handset));

        // Then
        var stream = stream();
        await().atMost(10, TimeUnit.SECONDS).until(() -> stream.closed);
        var messages = List.copyOf(stream.received);
        assertThat(messages.getFirst()).isEqualTo(new JsonObject(StreamMessages.CONNECTED));
        assertThat(messages.get(1).getJsonObject("start").getJsonObject("customParameters"))
                .isEqualTo(new JsonObject("{\"token\":\"s1\"}"));
        assertThat(messages.getLast().getString("event")).isEqualTo("stop");
        for (int i = 1; i < messages.size(); i++) {
            assertThat(messages.get(i).getString("sequenceNumber")).isEqualTo(Integer.toString(i));
        }
        var media = stream.events("media");
        for (int i = 0; i < media.size(); i++) {
            var fields = media.get(i).getJsonObject("media");
            assertThat(fields.getString("chunk")).isEqualTo(Integer.toString(i + 1));
            assertThat(fields.getString("timestamp")).isEqualTo(Integer.toString(20 * (i + 1)));
            assertThat(fields.getBinary("payload")).hasSize(160).containsOnly(0x55);
        }
        assertThat(stream.events("dtmf")).hasSize(1);
        assertThat(report.status()).isEqualTo("completed");
        assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.CALLER);
        assertThat(report.streams().getFirst().framesSent()).isEqualTo(media.size());
        assertThat(report.streams().getFirst().closeCode()).isZero();
        assertThat(ourSide.requests("/after")).isEmpty();
    }

    @Test
    void marksComeBackWhenTheirAudioHasPlayedAndClearReturnsTheRest() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM);
        var handset = RecordedHandset.silent();
        var call = twilio.phoneIn(IncomingCall.of(FROM, TO), handset);
        var stream = stream();
        var first = new byte[800];
        Arrays.fill(first, (byte) 1);

        // When
        stream.play(first);
        stream.mark("first");
        await().atMost(10, TimeUnit.SECONDS).until(() -> stream.events("mark").size() == 1);
        stream.play(new byte[80_000]);
        stream.mark("second");
        stream.mark("third");
        stream.clear();
        await().atMost(10, TimeUnit.SECONDS).until(() -> stream.events("mark").size() == 3);
        stream.sendText("{\"event\":\"mark\",\"streamSid\":\"wrong\"}");
        stream.close();
        var report = finish(call);

        // Then
        assertThat(stream.events("mark").stream()
                        .map(mark -> mark.getJsonObject("mark").getString("name")))
                .containsExactly("first", "second", "third");
        assertThat(Arrays.copyOf(handset.heard(), 800)).isEqualTo(first);
        var streamReport = report.streams().getFirst();
        assertThat(streamReport.playedMs() + streamReport.droppedMs()).isEqualTo(10_100);
        assertThat(streamReport.droppedMs()).isGreaterThan(5_000);
        assertThat(handset.events)
                .filteredOn(LineEvent.StreamCleared.class::isInstance)
                .containsExactly(
                        new LineEvent.StreamCleared(stream.sid(), streamReport.playedMs(), streamReport.droppedMs()));
        assertThat(report.incidents())
                .containsExactly(new CallReport.Incident(31924, "streamSid is not this stream's"));
    }

    @Test
    void whenOurServerClosesTheNextVerbRuns() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM);
        var call = twilio.phoneIn(IncomingCall.of(FROM, TO), RecordedHandset.silent());

        // When
        stream().close();
        var report = finish(call);

        // Then
        assertThat(ourSide.requests("/after")).hasSize(1);
        assertThat(ourSide.requests("/after").getFirst().field("CallStatus")).isEqualTo("in-progress");
        var ended = report.streams().getFirst();
        assertThat(ended.closeCode()).isEqualTo(1000);
        assertThat(ended.brokeOff()).isFalse();
        assertThat(ended.endedAtMs()).isGreaterThanOrEqualTo(ended.openedAtMs()).isPositive();
        assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.TWIML);
    }

    @Test
    void orTheCallEndsWhereTwilioIsSetSo() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM);
        var incoming = IncomingCall.of(FROM, TO).withStreams(StreamConditions.GOOD.withNextVerbAfterServerClose(false));
        var call = twilio.phoneIn(incoming, RecordedHandset.silent());

        // When
        stream().close();
        var report = finish(call);

        // Then
        assertThat(report.status()).isEqualTo("completed");
        assertThat(ourSide.requests("/after")).isEmpty();
    }

    @Test
    void theConnectActionReplacesTheNextVerbUnlessSwitchedOff() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM.replace("<Connect>", "<Connect action='/action'>"));
        ourSide.answers("/action", "<Hangup/>");
        var call = twilio.phoneIn(IncomingCall.of(FROM, TO), RecordedHandset.silent());

        // When
        stream().close();
        finish(call);

        // Then
        assertThat(ourSide.requests("/action")).hasSize(1);
        assertThat(ourSide.requests("/after")).isEmpty();
    }

    @Test
    void aCutSocketIsAFailureThatIsToldAndTwimlGoesOn() {
        // Given
        ourSide.answers(
                "/webhook/twilio",
                "<Connect><Stream url='/media/t1' name='ai' statusCallback='/stream-status'/></Connect>"
                        + "<Redirect>/after</Redirect>");
        ourSide.answers("/stream-status", "");
        var call = twilio.phoneIn(IncomingCall.of(FROM, TO), RecordedHandset.silent());

        // When
        stream().cut();
        var report = finish(call);

        // Then
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> ourSide.requests("/stream-status").size() == 2);
        assertThat(ourSide.requests("/stream-status").stream().map(request -> request.field("StreamEvent")))
                .containsExactly("stream-started", "stream-error");
        assertThat(ourSide.requests("/stream-status").getFirst().field("StreamName"))
                .isEqualTo("ai");
        assertThat(ourSide.requests("/after")).hasSize(1);
        assertThat(report.status()).isEqualTo("completed");
        assertThat(report.incidents())
                .extracting(CallReport.Incident::code)
                .contains(31921)
                .doesNotContain(0);
        assertThat(report.streams().getFirst().closeCode()).isEqualTo(1006);
        assertThat(report.streams().getFirst().brokeOff()).isTrue();
    }

    @Test
    void aRefusedUpgradeIs31920AndTwimlGoesOn() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM);
        ourSide.refuseStreamsWith(403);

        // When
        var report = finish(twilio.phoneIn(IncomingCall.of(FROM, TO), RecordedHandset.silent()));

        // Then
        assertThat(report.incidents()).extracting(CallReport.Incident::code).containsExactly(31920);
        assertThat(ourSide.requests("/after")).hasSize(1);
    }

    @Test
    void holesMakeTimeStampsJumpAndStopCanBeMissing() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM);
        var conditions = StreamConditions.GOOD
                .withHoles(List.of(new StreamConditions.Hole(5, 10)))
                .withEnd(false, true);
        var incoming = IncomingCall.of(FROM, TO).withStreams(conditions);

        // When
        finish(twilio.phoneIn(incoming, RecordedHandset.hangingUpAfter(80).fromTheStreamsOpening()));

        // Then
        var stream = stream();
        await().atMost(10, TimeUnit.SECONDS).until(() -> stream.closed);
        var timestamps = stream.events("media").stream()
                .map(message -> message.getJsonObject("media").getString("timestamp"))
                .limit(7)
                .toList();
        assertThat(timestamps).containsExactly("20", "40", "60", "80", "100", "320", "340");
        assertThat(stream.events("stop")).isEmpty();
    }

    @Test
    void aSlowNetworkKeepsTheOrder() {
        // Given
        ourSide.answers("/webhook/twilio", STREAM);
        var incoming = IncomingCall.of(FROM, TO)
                .withStreams(StreamConditions.GOOD.withNetwork(
                        Duration.ofMillis(100), Duration.ofMillis(30), Duration.ofMillis(60)));

        // When
        finish(twilio.phoneIn(incoming, RecordedHandset.hangingUpAfter(80).fromTheStreamsOpening()));

        // Then
        var stream = stream();
        await().atMost(10, TimeUnit.SECONDS).until(() -> stream.closed);
        var messages = List.copyOf(stream.received);
        for (int i = 1; i < messages.size(); i++) {
            assertThat(messages.get(i).getString("sequenceNumber")).isEqualTo(Integer.toString(i));
        }
        assertThat(messages.getLast().getString("event")).isEqualTo("stop");
    }

    @Test
    void theFallbackIsAskedWhenTheVoiceUrlFailsAndIsToldWhy() {
        // Given
        ourSide.answersBy("/webhook/twilio", request -> new OurSide.Answer(500, "text/plain", new byte[0], 0));
        ourSide.answers("/webhook/twilio/fallback", "<Say>Call again.</Say>");
        var handset = RecordedHandset.silent();

        // When
        var report = finish(twilio.phoneIn(IncomingCall.of(FROM, TO), handset));

        // Then
        var fallback = ourSide.requests("/webhook/twilio/fallback").getFirst();
        assertThat(fallback.field("ErrorCode")).isEqualTo("11217");
        assertThat(fallback.field("ErrorUrl")).isEqualTo(ourSide.baseUrl() + "/webhook/twilio");
        assertThat(handset.events).contains(new LineEvent.Announced("Call again."));
        assertThat(ourSide.requests("/webhook/twilio")).hasSize(1);
        assertThat(report.status()).isEqualTo("completed");
    }

    @Test
    void withoutAnyAnswerTheCallerHearsAnApologyAndIsCutOff() {
        // Given: nothing is answered in time, then something that is no TwiML
        ourSide.answersBy(
                "/webhook/twilio", request -> new OurSide.Answer(200, "text/xml", "<Response/>".getBytes(), 5_000));
        ourSide.answersBy(
                "/webhook/twilio/fallback", request -> new OurSide.Answer(200, "application/json", "{}".getBytes(), 0));
        var handset = RecordedHandset.silent();
        twilio.close();
        twilio = TwilioStandIn.start(
                TwilioSettings.of(ACCOUNT, TOKEN, ourSide.baseUrl()).withWebhookLimit(Duration.ofSeconds(2)));

        // When
        var report = finish(twilio.phoneIn(IncomingCall.of(FROM, TO), handset));

        // Then
        assertThat(report.incidents()).extracting(CallReport.Incident::code).containsExactly(11205, 12300);
        assertThat(handset.events)
                .contains(new LineEvent.Announced("We are sorry. An application error has occurred. Goodbye."));
    }

    @Test
    void overridesInTheFragmentRepeatARequestWithTheSameToken() {
        // Given
        ourSide.answersBy(
                "/flaky",
                request -> ourSide.requests("/flaky").size() < 3
                        ? new OurSide.Answer(503, "text/plain", new byte[0], 0)
                        : "<Response><Reject/></Response>");
        var incoming = IncomingCall.of(FROM, TO).withVoiceUrl("/flaky#rc=2&rp=ct,rt,5xx&rt=4000");

        // When
        var report = finish(twilio.phoneIn(incoming, RecordedHandset.silent()));

        // Then
        assertThat(ourSide.requests("/flaky")).hasSize(3);
        assertThat(ourSide.requests("/flaky").stream()
                        .map(OurSide.Request::idempotency)
                        .distinct())
                .hasSize(1);
        assertThat(report.status()).isEqualTo("no-answer");
        assertThat(report.talkTime()).isZero();
    }

    @Test
    void aBrokenHandsetEndsItsOwnCallAndNobodyElses() {
        // Given
        ourSide.answers("/webhook/twilio", "<Pause length='1'/>");
        var broken = new RecordedHandset(0xFF, (line, frame) -> {
            throw new IllegalStateException("broken on purpose");
        });
        var good = twilio.phoneIn(IncomingCall.of(FROM, TO), RecordedHandset.silent());

        // When
        var report = finish(twilio.phoneIn(IncomingCall.of(FROM, TO), broken));

        // Then
        assertThat(report.status()).isEqualTo("failed");
        assertThat(finish(good).status()).isEqualTo("completed");
    }

    @Test
    void statusCallbacksAreDoubledShuffledAndLostOnDemand() {
        // Given
        ourSide.answers("/webhook/twilio", "<Pause length='1'/>");
        var incoming = IncomingCall.of(FROM, TO)
                .withStatusCallback("/status", new CallbackConditions(3, true, Duration.ofMillis(200), ""));

        // When
        finish(twilio.phoneIn(incoming, RecordedHandset.silent()));

        // Then
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> ourSide.requests("/status").size() == 3);
        assertThat(ourSide.requests("/status"))
                .allSatisfy(request -> assertThat(request.fields())
                        .containsEntry("CallStatus", "completed")
                        .containsEntry("SequenceNumber", "0")
                        .containsEntry("CallbackSource", "call-progress-events")
                        .containsEntry("SipResponseCode", "200")
                        .containsKeys("CallDuration", "Duration", "Timestamp"));
    }
}
