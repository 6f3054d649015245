package centralita.orchestrator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.contracts.call.Outcome;
import centralita.orchestrator.reconcile.rules.Finding;
import centralita.orchestrator.reconcile.rules.Finding.Alive;
import centralita.orchestrator.reconcile.rules.Finding.NoAnswer;
import centralita.orchestrator.reconcile.rules.Finding.NotThere;
import centralita.orchestrator.reconcile.rules.Finding.Over;
import centralita.simulators.twilio.ApiFault;
import centralita.simulators.twilio.Callee;
import centralita.simulators.twilio.TwilioSettings;
import centralita.simulators.twilio.TwilioStandIn;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we make of Twilio's answers, asked of the stand-in that Twilio's own helper was the judge of. */
class TwilioCallsTest {
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "fake-auth-token-primary-0000000001";
    private static final Duration LONG = Duration.ofSeconds(30);

    private Vertx vertx;
    private TwilioStandIn twilio;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        twilio = TwilioStandIn.start(TwilioSettings.of(ACCOUNT, TOKEN, URI.create("http://127.0.0.1:9")));
    }

    @AfterEach
    void stop() {
        twilio.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Settings(
            URI apiBaseUrl, Optional<String> accountSid, Optional<List<String>> authToken, Duration requestTimeout)
            implements TwilioConfig {}

    private TwilioCalls calls(Duration requestTimeout, String... tokens) {
        return new TwilioCalls(
                vertx,
                new Settings(twilio.baseUrl(), Optional.of(ACCOUNT), Optional.of(List.of(tokens)), requestTimeout),
                2);
    }

    private TwilioCalls calls() {
        return calls(LONG, TOKEN);
    }

    @Test
    void aCallThatGoesOnIsAliveAndOneThatWasHungUpIsOver() throws Exception {
        // Given
        var calls = calls();
        var callSid = place("+14155550177");
        await().atMost(LONG).until(() -> twilio.runningCalls() == 1);

        // When
        var before = now(calls.look(callSid));
        now(calls.hangUp(callSid));
        var after = now(calls.look(callSid));

        // Then
        assertThat(before).isEqualTo(new Alive());
        assertThat(after).isInstanceOfSatisfying(Over.class, over -> {
            assertThat(over.outcome()).isIn(Outcome.COMPLETED, Outcome.CANCELED);
            assertThat(over.endedAt()).isNotNull();
        });
        assertThat(now(calls.hangUp(callSid))).isEqualTo(new NotThere());
    }

    @Test
    void aCallThatNobodyAnsweredIsOverWithoutTalkTime() throws Exception {
        // Given
        var calls = calls();
        twilio.callees(address -> new Callee.Busy());
        var callSid = place("+14155550177");

        // When
        await().atMost(LONG).until(() -> now(calls.look(callSid)) instanceof Over);

        // Then
        assertThat(now(calls.look(callSid))).isInstanceOfSatisfying(Over.class, over -> {
            assertThat(over.outcome()).isEqualTo(Outcome.BUSY);
            assertThat(over.talkTime()).isNull();
        });
    }

    @Test
    void aCallThatIsNotThereIsNotThere() {
        assertThat(now(calls().look("CA00000000000000000000000000000099"))).isEqualTo(new NotThere());
    }

    @Test
    void afterATooManyNobodyIsAskedBeforeItsTime() throws Exception {
        // Given
        var calls = calls();
        var callSid = place("+14155550177");
        twilio.nextFaultAboutCalls(new ApiFault.TooManyRequests(60));

        // When
        var first = now(calls.look(callSid));
        var second = now(calls.look(callSid));

        // Then
        assertThat(first).isEqualTo(new NoAnswer("throttled", Duration.ofSeconds(60)));
        assertThat(second)
                .isInstanceOfSatisfying(
                        NoAnswer.class, answer -> assertThat(answer.reason()).isEqualTo("throttled"));
        assertThat(twilio.requestsAboutCalls()).isEqualTo(1);
    }

    @Test
    void aFailureOfTheirsIsNoAnswerAndNothingIsRepeated() throws Exception {
        // Given
        var calls = calls();
        var hasty = calls(Duration.ofSeconds(2), TOKEN);
        var callSid = place("+14155550177");
        twilio.nextFaultAboutCalls(new ApiFault.ServerError(503));
        twilio.nextFaultAboutCalls(new ApiFault.ResetAfterAccept());
        twilio.nextFaultAboutCalls(new ApiFault.TimeoutAfterAccept());

        // Then
        assertThat(now(calls.look(callSid))).isEqualTo(new NoAnswer("server-error", null));
        assertThat(now(calls.look(callSid))).isEqualTo(new NoAnswer("not-reached", null));
        assertThat(now(hasty.hangUp(callSid))).isEqualTo(new NoAnswer("not-reached", null));
        assertThat(twilio.requestsAboutCalls()).isEqualTo(3);
        assertThat(now(calls.look(callSid))).isInstanceOf(Over.class);
    }

    @Test
    void whileTokensAreExchangedTheOneThatIsTakenIsFound() throws Exception {
        // Given
        var calls = calls(LONG, "not-yet", TOKEN);
        var callSid = place("+14155550177");

        // Then
        assertThat(now(calls.look(callSid))).isEqualTo(new Alive());
        assertThat(now(calls(LONG, "wrong", "wrong, too").look(callSid))).isEqualTo(new NoAnswer("refused", null));
    }

    @Test
    void anIdThatIsNoneIsNotPutIntoAnAddress() {
        assertThat(now(calls().look("../Calls/CA1"))).isEqualTo(new Finding.NoCallSid());
        assertThat(twilio.requestsAboutCalls()).isZero();
    }

    @Test
    void withoutAnAccountNobodyIsAsked() {
        // Given
        var calls = new TwilioCalls(vertx, new Settings(twilio.baseUrl(), Optional.empty(), Optional.empty(), LONG), 2);

        // Then
        assertThat(now(calls.look("CA1"))).isEqualTo(new NoAnswer("not-configured", null));
    }

    private String place(String to) throws Exception {
        var form = "From=%2B15005550006&To=" + URLEncoder.encode(to, StandardCharsets.UTF_8) + "&Twiml="
                + URLEncoder.encode("<Response><Pause length='600'/></Response>", StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(
                        URI.create(twilio.baseUrl() + "/2010-04-01/Accounts/" + ACCOUNT + "/Calls.json"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return answer.replaceFirst("(?s).*?\"sid\":\"(CA[0-9a-f]+)\".*", "$1");
        }
    }

    private static Finding now(Uni<Finding> asked) {
        return asked.await().atMost(LONG);
    }
}
