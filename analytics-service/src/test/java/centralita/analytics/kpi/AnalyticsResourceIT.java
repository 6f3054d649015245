package centralita.analytics.kpi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.analytics.CallStory;
import centralita.analytics.LifecycleTopic;
import centralita.analytics.cost.rules.Prices;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.embedded.TestTokens;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AnalyticsResourceIT {
    private static final String DAY = "?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z";

    @Inject
    Prices prices;

    @Test
    void aSummaryCountsCallsLatenciesAndMoney() {
        // Given
        tell(
                CallStory.good("summary"),
                CallStory.good("summary"),
                CallStory.failed("summary"),
                CallStory.open("summary"));

        // When
        var summary = json(ask("/analytics/summary" + DAY + "&assistantId=summary", "analyst"));

        // Then: a good call has two responses of (500 × 4 + 500 × 0.40 + 1000 × 32 + 1000 × 0.40 + 100 × 24 +
        // 1000 × 64) / 1e6 = 0.101, two minutes at 0.0085 and at 0.0040, and one of transcription; the failed one has
        // one minute
        assertThat(summary).isEqualTo(json("""
                {"from":"2026-11-22T00:00:00Z","to":"2026-11-23T00:00:00Z","assistantId":"summary",
                 "calls":{"total":4,"open":1,"ended":3,"successful":2},"successRate":0.6667,
                 "averageTalkTimeMs":73333,
                 "firstAudio":{"answers":6,"p50Ms":600,"p95Ms":800,"p99Ms":800},
                 "turns":8,"bargeIns":2,"toolCalls":{"total":2,"ok":2,"failed":0,"refused":0},
                 "sound":{"rated":2,"averageMos":4.25,"p5Mos":4.25},
                 "tokens":{"textIn":4010,"textCached":2000,"audioIn":8020,"audioCached":4000,"textOut":430,"audioOut":4040},
                 "cost":{
                   "totals":[{"amount":"0.471500","currency":"USD"}],
                   "perCall":[{"amount":"0.117875","currency":"USD"}],
                   "lines":[
                     {"kind":"MODEL","item":"gpt-realtime-2.1","amount":{"amount":"0.404000","currency":"USD"}},
                     {"kind":"TELEPHONY","item":"inbound","amount":{"amount":"0.042500","currency":"USD"}},
                     {"kind":"TELEPHONY","item":"media-stream","amount":{"amount":"0.016000","currency":"USD"}},
                     {"kind":"TRANSCRIPTION","item":"gpt-transcribe","amount":{"amount":"0.009000","currency":"USD"}}],
                   "unpriced":[{"kind":"MODEL","provider":"openai","item":"gpt-nobody-knows","quantity":"100","unit":"tokens"}],
                   "pricesAsOf":"2026-11-22"}}"""));
    }

    @Test
    void aPeriodWithoutCallsHasNoRates() {
        // When
        var summary = json(ask("/analytics/summary" + DAY + "&assistantId=nobody", "admin"));

        // Then
        assertThat(summary).isEqualTo(json("""
                {"from":"2026-11-22T00:00:00Z","to":"2026-11-23T00:00:00Z","assistantId":"nobody",
                 "calls":{"total":0,"open":0,"ended":0,"successful":0},
                 "firstAudio":{"answers":0},"turns":0,"bargeIns":0,
                 "toolCalls":{"total":0,"ok":0,"failed":0,"refused":0},"sound":{"rated":0},
                 "tokens":{"textIn":0,"textCached":0,"audioIn":0,"audioCached":0,"textOut":0,"audioOut":0},
                 "cost":{"totals":[],"perCall":[],"lines":[],"unpriced":[],"pricesAsOf":"2026-11-22"}}"""));
    }

    @Test
    void aSummaryIsNarrowedByPeriodAndDirection() {
        // Given
        tell(
                CallStory.good("narrowed", CallStory.START),
                CallStory.good("narrowed", CallStory.START.plusSeconds(86_400)));

        // When
        var oneDay = json(ask("/analytics/summary" + DAY + "&assistantId=narrowed", "analyst"));
        var outbound = json(ask("/analytics/summary" + DAY + "&assistantId=narrowed&direction=OUTBOUND", "analyst"));
        var lastDay = json(ask("/analytics/summary?assistantId=narrowed&to=2026-11-24T00:00:00Z", "analyst"));

        // Then
        assertThat(List.of(total(oneDay), total(outbound), total(lastDay))).isEqualTo(List.of(1, 0, 1));
    }

    @Test
    void allFactsOfACallAreThere() {
        // Given
        var call = CallStory.good("detail");
        tell(call);

        // When
        var facts = json(ask("/analytics/calls/" + call.callId(), "analyst"));

        // Then
        assertThat(facts).isEqualTo(json("""
                {"callId":"%s","startedAt":"2026-11-22T10:00:00Z","direction":"INBOUND","assistantId":"detail",
                 "assistantVersion":3,"language":"es-ES","answeredAt":"2026-11-22T10:00:00Z",
                 "endedAt":"2026-11-22T10:01:20Z","outcome":"COMPLETED","reason":"CALLER_HUNG_UP","talkTimeMs":80000,
                 "successful":true,
                 "cost":{"totals":[{"amount":"0.231500","currency":"USD"}],
                   "lines":[
                     {"kind":"MODEL","item":"gpt-realtime-2.1","amount":{"amount":"0.202000","currency":"USD"}},
                     {"kind":"TELEPHONY","item":"inbound","amount":{"amount":"0.017000","currency":"USD"}},
                     {"kind":"TELEPHONY","item":"media-stream","amount":{"amount":"0.008000","currency":"USD"}},
                     {"kind":"TRANSCRIPTION","item":"gpt-transcribe","amount":{"amount":"0.004500","currency":"USD"}}],
                   "unpriced":[],"pricesAsOf":"2026-11-22"},
                 "turns":[
                   {"at":"2026-11-22T10:00:03Z","turn":1,"trigger":"greeting","callerSpeechMs":0,"firstAudioMs":400,"audioMs":2600,"heardMs":2600,"interrupted":false},
                   {"at":"2026-11-22T10:00:09Z","turn":2,"trigger":"speech","callerSpeechMs":2000,"firstAudioMs":600,"audioMs":9000,"heardMs":1860,"interrupted":true},
                   {"at":"2026-11-22T10:00:16Z","turn":3,"trigger":"tool","callerSpeechMs":0,"firstAudioMs":800,"audioMs":1000,"heardMs":1000,"interrupted":false},
                   {"at":"2026-11-22T10:00:17Z","turn":4,"trigger":"speech","callerSpeechMs":900,"audioMs":0,"heardMs":0,"interrupted":false}],
                 "bargeIns":[{"at":"2026-11-22T10:00:09Z","heardMs":1860,"madeMs":9000,"reactionMs":1}],
                 "toolCalls":[{"at":"2026-11-22T10:00:15Z","tool":"get_current_time","outcome":"ok","durationMs":3}],
                 "usage":[
                   {"at":"2026-11-22T10:00:09.100Z","kind":"MODEL","provider":"openai","model":"gpt-realtime-2.1","status":"completed","seconds":0,"tokens":{"textIn":1000,"textCached":500,"audioIn":2000,"audioCached":1000,"textOut":100,"audioOut":1000}},
                   {"at":"2026-11-22T10:00:09.200Z","kind":"TRANSCRIPTION","provider":"openai","model":"gpt-transcribe","seconds":60,"tokens":{"textIn":0,"textCached":0,"audioIn":0,"audioCached":0,"textOut":0,"audioOut":0}},
                   {"at":"2026-11-22T10:00:16.100Z","kind":"MODEL","provider":"openai","model":"gpt-realtime-2.1","status":"completed","seconds":0,"tokens":{"textIn":1000,"textCached":500,"audioIn":2000,"audioCached":1000,"textOut":100,"audioOut":1000}}],
                 "mediaStreams":[{"endedAt":"2026-11-22T10:01:20Z","reason":"stopped","durationMs":79800,"missingFrames":2}],
                 "quality":[{"at":"2026-11-22T10:01:19.900Z","durationMs":79600,"mos":4.25,"rFactor":86.2,"talkOverMs":120,"holes":1,"missingMs":40,"longestGapMs":62,"jitterMicros":1200,"lateFrames":2,"droppedMs":0,"underruns":1,"underrunMs":30}]}""".formatted(call.callId())));
    }

    @Test
    void aCallThatNobodyToldOfIsNotFound() {
        // When
        var answer = ask("/analytics/calls/" + UuidV7.next(), "analyst");

        // Then
        assertProblem(answer, 404, "NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/analytics/calls/1-1-1-1-1",
                "/analytics/calls/CA000000000000000000000000000000a1",
                "/analytics/summary?from=yesterday",
                "/analytics/summary?from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z",
                "/analytics/summary?from=2020-11-23T00:00:00Z&to=2026-11-22T00:00:00Z",
                "/analytics/summary?direction=SIDEWAYS"
            })
    void whatIsNoCallAndNoPeriodIsRefused(String path) {
        // When, then
        assertProblem(ask(path, "analyst"), 400, "INVALID_PARAMETER");
    }

    @ParameterizedTest
    @CsvSource({"agent,403", "campaign-manager,403", "service,403", "nobody,403", "analyst,200", "admin,200"})
    void figuresAreForAnalystsAndAdmins(String role, int status) {
        // When, then
        assertThat(ask("/analytics/summary", role).statusCode()).isEqualTo(status);
        assertThat(ask("/analytics/calls/" + UuidV7.next(), role).statusCode()).isEqualTo(status == 200 ? 404 : status);
    }

    @Test
    void withoutATokenThereIsNothingToSee() {
        // When, then
        assertProblem(given().get("/analytics/summary"), 401, "UNAUTHENTICATED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-realtime-2.1",
                "gpt-realtime-2",
                "gpt-realtime-2.1-mini",
                "gpt-realtime-1.5",
                "gpt-realtime",
                "gpt-realtime-mini"
            })
    void everyModelOfTheVendorsListHasAPrice(String model) {
        // When, then
        assertThat(prices.model("openai", model, LocalDate.of(2026, 11, 22))).isPresent();
    }

    private static void tell(CallStory... calls) {
        try (var topic = new LifecycleTopic()) {
            for (var call : calls) {
                topic.send(call.events());
            }
        }
        for (var call : calls) {
            LifecycleTopic.awaitApplied(call.events());
        }
    }

    private static int total(JsonNode summary) {
        return summary.at("/calls/total").asInt();
    }

    private static Response ask(String path, String role) {
        return given().auth().oauth2(TestTokens.of(role)).get(path);
    }

    private static void assertProblem(Response answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo(code);
    }

    private static JsonNode json(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer.asString());
    }

    private static JsonNode json(String text) {
        return ContractsJson.read(text, JsonNode.class);
    }
}
