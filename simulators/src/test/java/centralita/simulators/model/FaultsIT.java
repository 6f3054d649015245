package centralita.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.model.RealtimeClient.Judge;
import centralita.simulators.model.scenario.Fault;
import centralita.simulators.model.scenario.Scenarios;
import centralita.simulators.speech.Clips;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FaultsIT {
    private static final Map<String, String> KEY = Map.of("Authorization", "Bearer sk-test");
    private static final String SPEAK = "{\"type\":\"response.create\"}";
    private static ModelStandIn standIn;

    @BeforeAll
    static void start() {
        standIn = ModelStandIn.start(ModelStandInOptions.defaults().withSpeed(Double.POSITIVE_INFINITY));
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    private static RealtimeClient call(String scenario, Judge judge) {
        var client = RealtimeClient.connect(standIn, "stand-in:" + scenario, judge, Map.of());
        return client.configure("null", "");
    }

    @Test
    void aHandshakeIsRefusedForWantOfAKeyOrAModelOrAsAsked() {
        assertThat(RealtimeClient.refused(standIn, "/v1/realtime?model=m", Map.of())
                        .getStatus())
                .isEqualTo(401);
        assertThat(RealtimeClient.refused(standIn, "/v1/realtime?model=m", Map.of("Authorization", "Bearer invalid"))
                        .getStatus())
                .isEqualTo(401);
        assertThat(RealtimeClient.refused(standIn, "/v1/realtime", KEY).getStatus())
                .isEqualTo(400);
        assertThat(RealtimeClient.refused(standIn, "/v1/realtime?model=stand-in:nonsense", KEY)
                        .getStatus())
                .isEqualTo(404);
        assertThat(RealtimeClient.refused(standIn, "/v1/realtime?call_id=rtc_1", KEY)
                        .getStatus())
                .isEqualTo(404);

        standIn.refuseNextHandshakes(1, 429, 7);
        var busy = RealtimeClient.refused(standIn, "/v1/realtime?model=m", KEY);
        assertThat(busy.getStatus()).isEqualTo(429);
        assertThat(busy.getHeaders().get("Retry-After")).isEqualTo("7");
        standIn.refuseNextHandshakes(1, 503, -1);
        assertThat(RealtimeClient.refused(standIn, "/v1/realtime?model=m", KEY).getStatus())
                .isEqualTo(503);
    }

    @Test
    void theBetaHeaderIsAnsweredByAnErrorAndClose4000() {
        try (var client =
                RealtimeClient.connect(standIn, "gpt-realtime-2.1", Judge.GA, Map.of("OpenAI-Beta", "realtime=v1"))) {
            client.awaitError("beta_api_shape_disabled");
            assertThat(client.awaitClose()).isEqualTo(4000);
        }
    }

    @Test
    void aSessionExpiresWithAnErrorAndClose1001() {
        try (var shortLived =
                        ModelStandIn.start(ModelStandInOptions.defaults().withSessionLimit(Duration.ofMillis(200)));
                var client = RealtimeClient.connect(shortLived, "gpt-realtime-2.1")) {
            client.awaitError("session_expired");
            assertThat(client.awaitClose()).isEqualTo(1001);
        }
    }

    @Test
    void theSocketBreaksWithoutACloseFrameInTheSecondResponse() {
        try (var client = call("drop", Judge.GA)) {
            client.send(SPEAK).await("response.done");
            client.send(SPEAK).await("response.created");

            assertThat(client.awaitClose()).isEqualTo(1006);
            assertThat(client.events("response.done")).hasSize(1);
        }
    }

    @Test
    void theSocketIsClosedBeforeTheSecondResponse() {
        try (var client = call("going-away", Judge.GA)) {
            client.send(SPEAK).await("response.done");
            client.send(SPEAK);

            assertThat(client.awaitClose()).isEqualTo(1001);
        }
    }

    @Test
    void aRateLimitFailsOneResponseAndTheNextTryWorks() {
        try (var client = call("rate-limited", Judge.GA)) {
            client.send(SPEAK).await("response.done");

            var failed = client.send(SPEAK).await("response.done").get("response");
            var retried = client.send(SPEAK).await("response.done").get("response");

            assertThat(failed.get("status").asText()).isEqualTo("failed");
            assertThat(failed.at("/status_details/error/code").asText()).isEqualTo("rate_limit_exceeded");
            assertThat(failed.at("/usage/total_tokens").asInt()).isZero();
            assertThat(retried.get("status").asText()).isEqualTo("completed");
        }
    }

    @Test
    void anExhaustedQuotaShowsOnlyAtTheFirstResponse() {
        try (var client = call("quota", Judge.GA)) {
            client.send(SPEAK).awaitError("insufficient_quota");

            assertThat(client.await("response.done").at("/response/status").asText())
                    .isEqualTo("failed");
            assertThat(client.awaitClose()).isEqualTo(1011);
        }
    }

    @Test
    void aFaultOfTheServerLeavesTheSessionUsable() {
        try (var client = call("server-error", Judge.GA)) {
            client.send(SPEAK).await("response.done");
            client.send(SPEAK).await("error");
            assertThat(client.await("response.done").at("/response/status").asText())
                    .isEqualTo("failed");
            assertThat(client.send(SPEAK)
                            .await("response.done")
                            .at("/response/status")
                            .asText())
                    .isEqualTo("completed");
        }
    }

    @Test
    void unknownEventsGarbageAndHugeFramesComeBeforeAnOrdinaryAnswer() {
        for (var scenario : new String[] {"unknown-events", "garbage", "huge-frames"}) {
            try (var client = call(scenario, Judge.NONE)) {
                assertThat(client.send(SPEAK)
                                .await("response.done")
                                .at("/response/status")
                                .asText())
                        .as(scenario)
                        .isEqualTo("completed");
                assertThat(client.types())
                        .as(scenario)
                        .containsAnyOf("vendor.new_thing", "not json", "vendor.huge_thing");
            }
        }
    }

    @Test
    void usageCanBeMissing() {
        try (var client = call("no-usage", Judge.GA)) {
            assertThat(client.send(SPEAK)
                            .await("response.done")
                            .at("/response/usage")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void aStalledResponseEndsWhenItIsCancelled() {
        try (var client = call("stall", Judge.GA)) {
            client.send(SPEAK).await("response.done");
            client.send(SPEAK).await("response.created");
            client.send("{\"type\":\"response.cancel\"}");

            var done = client.await("response.done").get("response");

            assertThat(done.get("status").asText()).isEqualTo("cancelled");
            assertThat(done.get("output")).isEmpty();
        }
    }

    @Test
    void aSlowAnswerComesAfterItsDelay() {
        standIn.nextSession(Scenarios.parse("delayed", "like: receptionist\nfaults:\n  - {do: slow, ms: 300}\n"));
        try (var client = RealtimeClient.connect(standIn, "gpt-realtime-2.1")) {
            client.configure("null", "");
            long before = System.nanoTime();
            client.send(SPEAK).await("response.output_audio.delta");

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void badToolArgumentsUnknownToolsAndFiftyCallsAreMade() {
        var offered =
                ",\"tools\":[{\"type\":\"function\",\"name\":\"get_current_time\",\"parameters\":{\"type\":\"object\"}}]";
        var question = """
                {"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"What time is it?"}]}}""";
        for (var scenario : new String[] {"bad-arguments", "unknown-tool", "many-calls"}) {
            try (var client = RealtimeClient.connect(standIn, "stand-in:" + scenario)) {
                client.configure("null", offered).send(question).send(SPEAK);
                var output = client.await("response.done").at("/response/output");

                switch (scenario) {
                    case "bad-arguments" ->
                        assertThat(output.at("/0/arguments").asText()).isEqualTo("{\"timezone\": \"Europe/");
                    case "unknown-tool" ->
                        assertThat(output.at("/0/name").asText()).isEqualTo("no_such_tool");
                    default -> assertThat(output).hasSize(50);
                }
            }
        }
    }

    @Test
    void aFaultCanBeAskedForWhileASessionRuns() {
        try (var client = RealtimeClient.connect(
                standIn, "gpt-realtime-2.1", Judge.GA, Map.of("X-Client-Request-Id", "to-be-dropped"))) {
            client.configure("null", "");
            standIn.failNextResponse(new Fault(Fault.Kind.FAIL, 0, 0, "inference_rate_limit_exceeded"));
            assertThat(client.send(SPEAK)
                            .await("response.done")
                            .at("/response/status_details/error/code")
                            .asText())
                    .isEqualTo("inference_rate_limit_exceeded");

            standIn.dropSessions("to-be-dropped");

            assertThat(client.awaitClose()).isEqualTo(1006);
        }
    }

    @Test
    void aSessionCanReachItsLimitAtOnce() {
        try (var client = RealtimeClient.connect(
                standIn, "gpt-realtime-2.1", Judge.GA, Map.of("X-Client-Request-Id", "to-expire"))) {
            client.configure("null", "");

            standIn.expireSessions("to-expire");

            client.awaitError("session_expired");
            assertThat(client.awaitClose()).isEqualTo(1001);
        }
    }

    @Test
    void framesThatAreNoEventsAreRefusedAndTheSessionGoesOn() {
        try (var client = call("receptionist", Judge.GA)) {
            client.send("no json").awaitError("invalid_event");
            client.send("[1]").awaitError("invalid_event");
            client.sendBinary();
            client.awaitError("invalid_event");
            client.send("{\"type\":\"nonsense\",\"event_id\":\"e1\"}");
            assertThat(client.awaitError("invalid_value").get("event_id").asText())
                    .isEqualTo("e1");
            client.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"*\"}");
            assertThat(client.awaitError("invalid_value").get("param").asText()).isEqualTo("audio");
            client.send("{\"type\":\"response.cancel\",\"event_id\":\"%s\"}".formatted("x".repeat(513)))
                    .awaitError("string_above_max_length");

            assertThat(client.send(SPEAK)
                            .await("response.done")
                            .at("/response/status")
                            .asText())
                    .isEqualTo("completed");
        }
    }

    @Test
    void aMessageInManyFramesIsReadAsOne() {
        try (var client = call("receptionist", Judge.GA)) {
            var audio = java.util.Base64.getEncoder()
                    .encodeToString(Clips.recorded().get("en", "hello").mulaw());
            client.sendInPieces("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + audio + "\"}");
            client.send("{\"type\":\"input_audio_buffer.commit\"}");

            assertThat(client.await("conversation.item.input_audio_transcription.completed")
                            .get("transcript")
                            .asText())
                    .isEqualTo("Hello, good morning.");
        }
    }
}
