package centralita.simulators.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import centralita.oracles.RelocatedTwilioHttpClient;
import centralita.oracles.TwilioSignatures;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import java.net.URI;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The REST API, asked by Twilio's own Java helper. */
class RestApiIT {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "fake-auth-token-primary-0000000001";
    private static final String TO = "+14155550177";
    private static final String FROM = "+15005550006";

    private OurSide ourSide;
    private TwilioStandIn twilio;
    private TwilioRestClient client;

    @BeforeEach
    void start() {
        ourSide = new OurSide();
        twilio = TwilioStandIn.start(TwilioSettings.of(ACCOUNT, TOKEN, ourSide.baseUrl()));
        client = RelocatedTwilioHttpClient.restClient(twilio.baseUrl(), ACCOUNT, TOKEN);
        ourSide.answers("/status", "");
    }

    @AfterEach
    void stop() {
        twilio.close();
        ourSide.close();
    }

    private URI ours(String path) {
        return URI.create(ourSide.baseUrl() + path);
    }

    private Call create(String to, String twiml) {
        return create(to, twiml, 2);
    }

    /** @param ringsFor s, if nobody answers */
    private Call create(String to, String twiml, int ringsFor) {
        return Call.creator(new PhoneNumber(to), new PhoneNumber(FROM), new Twiml(twiml))
                .setStatusCallback(ours("/status"))
                .setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed"))
                .setTimeout(ringsFor)
                .create(client);
    }

    private Call awaitStatus(String callSid, Call.Status status) {
        await().atMost(15, TimeUnit.SECONDS)
                .until(() -> Call.fetcher(callSid).fetch(client).getStatus() == status);
        return Call.fetcher(callSid).fetch(client);
    }

    @Test
    void aCallIsPlacedAnsweredAndTold() {
        // When
        var created = create(TO, "<Response><Pause length='1'/></Response>");
        var completed = awaitStatus(created.getSid(), Call.Status.COMPLETED);

        // Then
        assertThat(created.getStatus()).isEqualTo(Call.Status.QUEUED);
        assertThat(created.getTo()).isEqualTo(TO);
        assertThat(completed.getDirection()).isEqualTo("outbound-api");
        assertThat(completed.getStartTime()).isNotNull();
        assertThat(completed.getEndTime()).isNotNull();
        assertThat(completed.getAccountSid()).isEqualTo(ACCOUNT);
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> ourSide.requests("/status").size() == 4);
        var judge = new TwilioSignatures(TOKEN);
        assertThat(ourSide.requests("/status"))
                .allSatisfy(
                        request -> assertThat(judge.helperAccepts(request.url(), request.fields(), request.signature()))
                                .isTrue());
        assertThat(ourSide.requests("/status").stream()
                        .sorted((a, b) -> a.field("SequenceNumber").compareTo(b.field("SequenceNumber")))
                        .map(request -> request.field("SequenceNumber") + " " + request.field("CallStatus")))
                .containsExactly("0 initiated", "1 ringing", "2 in-progress", "3 completed");
    }

    @Test
    void theUrlIsAskedOnlyOnceSomebodyAnswers() {
        // Given
        ourSide.answers("/outbound", "<Hangup/>");

        // When
        var created = Call.creator(new PhoneNumber(TO), new PhoneNumber(FROM), ours("/outbound"))
                .create(client);
        awaitStatus(created.getSid(), Call.Status.COMPLETED);

        // Then
        var asked = ourSide.requests("/outbound").getFirst();
        assertThat(asked.field("CallStatus")).isEqualTo("in-progress");
        assertThat(asked.field("Direction")).isEqualTo("outbound-api");
        assertThat(asked.field("To")).isEqualTo(TO);
    }

    @ParameterizedTest
    @CsvSource({"+15005550021, BUSY, 486", "+15005550022, NO_ANSWER, 487", "+15005550023, FAILED, 404"})
    void whoCannotBeReachedEndsInHisOwnWay(String to, Call.Status status, String sipCode) {
        // When
        var created = create(to, "<Response/>");
        var ended = awaitStatus(created.getSid(), status);

        // Then
        assertThat(ended.getDuration()).isEmpty();
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> ourSide.requests("/status").stream()
                        .anyMatch(request -> request.field("SipResponseCode").equals(sipCode)));
    }

    @Test
    void anAnsweringMachineIsFoundBeforeTheUrlIsAsked() {
        // Given
        ourSide.answers("/outbound", "<Hangup/>");

        // When
        var created = Call.creator(new PhoneNumber("+15005550024"), new PhoneNumber(FROM), ours("/outbound"))
                .setMachineDetection("Enable")
                .create(client);
        var ended = awaitStatus(created.getSid(), Call.Status.COMPLETED);

        // Then
        assertThat(ourSide.requests("/outbound").getFirst().field("AnsweredBy")).isEqualTo("machine_start");
        assertThat(ended.getAnsweredBy()).isEqualTo("machine_start");
    }

    @Test
    void aStreamEndsWhenTheCallIsGivenOtherTwiml() {
        // Given
        var created = create(TO, "<Response><Connect><Stream url='/media/1'/></Connect></Response>");
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> !ourSide.streams().isEmpty()
                        && !ourSide.streams().getFirst().events("start").isEmpty());
        ourSide.answers("/agent", "<Hangup/>");

        // When
        Call.updater(created.getSid())
                .setTwiml(new Twiml("<Response><Redirect>/agent</Redirect></Response>"))
                .update(client);

        // Then
        awaitStatus(created.getSid(), Call.Status.COMPLETED);
        assertThat(ourSide.requests("/agent")).hasSize(1);
        assertThat(ourSide.streams().getFirst().events("stop")).hasSize(1);
    }

    @Test
    void hangingUpTwiceIsRefusedWith21220() {
        // Given
        var created = create(TO, "<Response><Pause length='60'/></Response>");
        awaitStatus(created.getSid(), Call.Status.IN_PROGRESS);

        // When
        var ended = Call.updater(created.getSid())
                .setStatus(Call.UpdateStatus.COMPLETED)
                .update(client);

        // Then
        assertThat(ended.getStatus()).isEqualTo(Call.Status.COMPLETED);
        assertThatThrownBy(() -> Call.updater(created.getSid())
                        .setStatus(Call.UpdateStatus.COMPLETED)
                        .update(client))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(21220));
    }

    @Test
    void aRingingCallCanBeCancelled() {
        // Given
        twilio.callees(address -> new Callee.NoAnswer());
        var created = create(TO, "<Response/>", 60);
        awaitStatus(created.getSid(), Call.Status.RINGING);

        // When
        Call.updater(created.getSid()).setStatus(Call.UpdateStatus.CANCELED).update(client);

        // Then
        awaitStatus(created.getSid(), Call.Status.CANCELED);
    }

    @Test
    void whatDoesNotExistIs20404AndAWrongPasswordIs20003() {
        // Given
        var stranger = RelocatedTwilioHttpClient.restClient(twilio.baseUrl(), ACCOUNT, "wrong");

        // Then
        assertThatThrownBy(
                        () -> Call.fetcher("CA00000000000000000000000000000099").fetch(client))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(20404);
                    assertThat(e.getStatusCode()).isEqualTo(404);
                });
        assertThatThrownBy(
                        () -> Call.fetcher("CA00000000000000000000000000000099").fetch(stranger))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(20003));
    }

    @ParameterizedTest
    @CsvSource({"+15005550001, 21211", "+15005550003, 21215", "12, 21211"})
    void numbersThatTwilioRefusesAreRefused(String to, int code) {
        assertThatThrownBy(() -> create(to, "<Response/>"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(code));
    }

    @Test
    void callsAreFoundByPartyStatusAndTime() {
        // Given
        var wanted = create(TO, "<Response><Pause length='60'/></Response>");
        create("+14155550178", "<Response><Pause length='60'/></Response>");
        awaitStatus(wanted.getSid(), Call.Status.IN_PROGRESS);

        // When
        var found = Call.reader()
                .setTo(new PhoneNumber(TO))
                .setFrom(new PhoneNumber(FROM))
                .setStatus(Call.Status.IN_PROGRESS)
                .setStartTimeAfter(ZonedDateTime.now().minusMinutes(1))
                .read(client);

        // Then
        assertThat(found).extracting(Call::getSid).containsExactly(wanted.getSid());
    }

    @Test
    void aLongListComesInPages() {
        // Given
        for (int i = 0; i < 5; i++) {
            create(TO, "<Response><Pause length='60'/></Response>");
        }

        // When
        var found = Call.reader().setTo(new PhoneNumber(TO)).pageSize(2).read(client);

        // Then
        assertThat(found).extracting(Call::getSid).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void tooManyRequestsPlaceNoCall() {
        // Given
        twilio.nextCreateFault(new ApiFault.TooManyRequests(7));

        // Then
        assertThatThrownBy(() -> create(TO, "<Response/>"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(20429));
        assertThat(twilio.createRequests()).isEqualTo(1);
        assertThat(twilio.runningCalls()).isZero();
    }

    @Test
    void anErrorAfterAcceptingLeavesACallThatCanOnlyBeFoundByLookingForIt() {
        // Given
        twilio.nextCreateFault(new ApiFault.ServerErrorAfterAccept(503));
        twilio.nextCreateFault(new ApiFault.ResetAfterAccept());

        // When
        assertThatThrownBy(() -> create(TO, "<Response><Pause length='60'/></Response>"))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> create(TO, "<Response><Pause length='60'/></Response>"))
                .isInstanceOf(RuntimeException.class);

        // Then
        assertThat(Call.reader().setTo(new PhoneNumber(TO)).read(client)).hasSize(2);
    }

    @Test
    void aTimeoutAfterAcceptingPlacesTheCallAndNeverAnswers() throws Exception {
        // Given
        twilio.nextCreateFault(new ApiFault.TimeoutAfterAccept());
        var http = java.net.http.HttpClient.newHttpClient();
        var request = java.net.http.HttpRequest.newBuilder(
                        URI.create(twilio.baseUrl() + "/2010-04-01/Accounts/" + ACCOUNT + "/Calls.json"))
                .header("Authorization", basic())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                "To=%2B14155550177&From=%2B15005550006&Twiml=%3CResponse%3E%3CPause%20length%3D'60'%2F%3E%3C%2FResponse%3E"))
                .build();

        // When
        var answer = http.sendAsync(request, java.net.http.HttpResponse.BodyHandlers.ofString());

        // Then
        await().atMost(15, TimeUnit.SECONDS).until(() -> twilio.runningCalls() == 1);
        assertThat(answer).isNotDone();
        http.shutdownNow();
    }

    @Test
    void aLookAtACallGoesWrongAsOrderedAndChangesNothing() {
        // Given
        var created = create(TO, "<Response><Pause length='60'/></Response>");
        awaitStatus(created.getSid(), Call.Status.IN_PROGRESS);
        var before = twilio.requestsAboutCalls();
        twilio.nextFaultAboutCalls(new ApiFault.TooManyRequests(7));

        // When
        assertThatThrownBy(() -> Call.fetcher(created.getSid()).fetch(client))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(20429));
        var after = Call.fetcher(created.getSid()).fetch(client);

        // Then
        assertThat(after.getStatus()).isEqualTo(Call.Status.IN_PROGRESS);
        assertThat(twilio.requestsAboutCalls() - before).isEqualTo(2);
    }

    @Test
    void aHangUpWhoseAnswerIsLostHasHappened() {
        // Given
        var created = create(TO, "<Response><Pause length='60'/></Response>");
        awaitStatus(created.getSid(), Call.Status.IN_PROGRESS);
        twilio.nextFaultAboutCalls(new ApiFault.ResetAfterAccept());

        // When
        assertThatThrownBy(() -> Call.updater(created.getSid())
                        .setStatus(Call.UpdateStatus.COMPLETED)
                        .update(client))
                .isInstanceOf(RuntimeException.class);

        // Then
        assertThat(Call.fetcher(created.getSid()).fetch(client).getStatus()).isEqualTo(Call.Status.COMPLETED);
    }

    private static String basic() {
        return "Basic " + java.util.Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes());
    }
}
