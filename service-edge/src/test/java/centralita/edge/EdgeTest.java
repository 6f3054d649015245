package centralita.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EdgeTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void valuesThatAreNotAllowedAreNamedByPointer() {
        var answer = post("{\"name\":\"\",\"size\":11,\"parts\":[{\"label\":\"a\"},{\"label\":\" \"}]}");

        assertProblem(answer, 422, "INVALID_CONTENT");
        assertThat(errors(answer)).containsExactly("/name NOT_BLANK", "/parts/1/label NOT_BLANK", "/size MAX");
    }

    @Test
    void aParameterThatIsNotAllowedIsNamedAsTheAskerWroteIt() {
        var answer = given().get("/things/limited?size=11");

        assertProblem(answer, 400, "INVALID_PARAMETER");
        assertThat(errors(answer)).containsExactly("query:size MAX");
    }

    @Test
    void anUnknownFieldIsRefusedAndNamed() {
        var answer = post("{\"name\":\"a\",\"size\":1,\"parts\":[{\"label\":\"a\",\"colour\":\"red\"}]}");

        assertProblem(answer, 400, "MALFORMED_JSON");
        assertThat(errors(answer)).containsExactly("/parts/0/colour UNKNOWN_FIELD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",",
                "not json",
                "[]",
                "{\"name\":\"a\",\"name\":\"b\",\"size\":1,\"parts\":[]}",
                "{\"name\":\"a\",\"size\":\"1\",\"parts\":[]}",
                "{\"name\":\"a\",\"size\":1.5,\"parts\":[]}",
                "{\"name\":\"a\",\"size\":1,\"parts\":[]} x"
            })
    void malformedJsonIsRefusedAndNotRepeated(String body) {
        var answer = post(body);

        assertProblem(answer, 400, "MALFORMED_JSON");
        assertThat(answer.asString()).doesNotContain("java", "jackson", "not json");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertProblem(post("[".repeat(2_000)), 400, "MALFORMED_JSON");
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        var answer = post("\"" + "a".repeat(2_000_000) + "\"");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void anUnexpectedFailureTellsNothingOfOurInsides() {
        var answer = given().header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .get("/things/broken");

        assertProblem(answer, 500, "UNEXPECTED");
        assertThat(answer.asString()).doesNotContain("secret-of-the-house", "Exception", "java");
        assertThat(answer.jsonPath().getString("traceId")).isEqualTo(TRACE);
    }

    @Test
    void aRefusalCarriesItsHeaders() {
        var answer = given().get("/things/changed");

        assertProblem(answer, 412, "PRECONDITION_FAILED");
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
    }

    @Test
    void unknownPathsAndMethodsAreProblems() {
        assertProblem(given().get("/nothing/here"), 404, "NOT_FOUND");
        assertProblem(given().get("/things/nothing/here"), 404, "NOT_FOUND");
        assertProblem(given().delete("/things"), 405, "METHOD_NOT_ALLOWED");
        assertProblem(given().contentType("text/csv").body("a").post("/things"), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nonsense", "Bearer a.b.c", "Bearer ", "Basic YTpi"})
    void whoShowsNoValidTokenIsTurnedAway(String authorization) {
        var answer = given().header("Authorization", authorization).get("/things/guarded");

        assertProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void pagesFollowOneAnotherByLink() {
        var first = given().get("/things?limit=2");
        var second = given().urlEncodingEnabled(false).get(link(first));
        var third = given().urlEncodingEnabled(false).get(link(second));

        assertThat(first.jsonPath().getList("items", Integer.class)).containsExactly(1, 2);
        assertThat(second.jsonPath().getList("items", Integer.class)).containsExactly(3, 4);
        assertThat(third.jsonPath().getList("items", Integer.class)).containsExactly(5);
        assertThat(third.header("Link")).isNull();
        assertThat(third.jsonPath().getMap("").keySet()).containsExactly("items");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=-1", "cursor=x", "cursor=%00", "cursor=e30"})
    void wrongPagesAreRefused(String query) {
        assertThat(given().urlEncodingEnabled(false).get("/things?" + query).statusCode())
                .isEqualTo(400);
    }

    /** TH-20. */
    @ParameterizedTest
    @ValueSource(strings = {"/things", "/nothing", "/things/broken", "/things/guarded", "/q/health/live", "/q/metrics"})
    void everyAnswerCarriesTheHeadersThatBrowsersObey(String path) {
        var answer = given().get(path);

        assertThat(Map.of(
                        "Strict-Transport-Security", answer.header("Strict-Transport-Security"),
                        "Content-Security-Policy", answer.header("Content-Security-Policy"),
                        "X-Content-Type-Options", answer.header("X-Content-Type-Options"),
                        "Referrer-Policy", answer.header("Referrer-Policy"),
                        "Cache-Control", answer.header("Cache-Control")))
                .isEqualTo(Map.of(
                        "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
                        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
                        "X-Content-Type-Options", "nosniff",
                        "Referrer-Policy", "no-referrer",
                        "Cache-Control", "no-store"));
        assertThat(answer.header("Server")).isNull();
    }

    @Test
    void withoutACollectorTracesAreStillCarriedOn() {
        var fresh = given().get("/things/trace").asString();
        var carried = given().header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .get("/things/trace")
                .asString();

        assertThat(fresh).matches("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01");
        assertThat(carried).matches("00-" + TRACE + "-(?!00f067aa0ba902b7)[0-9a-f]{16}-01");
    }

    @Test
    void metricsCarryOurPrefixAndSayWhatRuns() {
        var metrics = given().get("/q/metrics").asString();

        assertThat(metrics).contains("centralita_build_info{", "service=\"edge-under-test\"", "jvm_memory_used_bytes");
        assertThat(metrics).doesNotContain("centralita_jvm", "centralita_http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void healthIsWhereProbesLook(String probe) {
        assertThat(given().get("/q/health/" + probe).statusCode()).isEqualTo(200);
    }

    @Test
    void openApiSaysThatEveryOperationMayAnswerWithAProblem() {
        var page = given().get("/q/openapi?format=json").jsonPath();

        assertThat(page.getMap("paths.'/things'.post.responses.default.content").keySet())
                .isEqualTo(java.util.Set.of("application/problem+json"));
    }

    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/things");
    }

    private static String link(Response answer) {
        return answer.header("Link").replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
    }

    private static List<String> errors(Response answer) {
        return answer.jsonPath().<Map<String, String>>getList("errors").stream()
                .map(error -> error.get("pointer") + " " + error.get("code"))
                .toList();
    }

    private static void assertProblem(Response answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getInt("status")).isEqualTo(status);
        assertThat(answer.jsonPath().getString("code")).isEqualTo(code);
        assertThat(answer.jsonPath().getString("type"))
                .isEqualTo("urn:centralita:problem:"
                        + code.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        assertThat(answer.jsonPath().getString("title")).isNotBlank();
        assertThat(answer.jsonPath().getString("detail")).isNotBlank();
        assertThat(answer.jsonPath().getString("instance")).startsWith("/");
    }
}
