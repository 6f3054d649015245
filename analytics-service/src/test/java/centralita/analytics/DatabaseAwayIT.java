package centralita.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.embedded.DatabaseDetour;
import centralita.embedded.DatabaseDetour.Moment;
import centralita.embedded.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PostgreSQL that goes away, and whose connections break at the worst moment. */
@QuarkusTest
@WithTestResource(DetouredDatabase.class)
class DatabaseAwayIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    DatabaseDetour detour;

    @AfterEach
    void theDatabaseIsBack() {
        detour.open();
    }

    /** F-S4. */
    @ParameterizedTest
    @ValueSource(strings = {"/analytics/summary", "/analytics/calls/01930000-0000-7000-8000-00000000000a"})
    void whileTheDatabaseIsAwayRestSaysWhenToAskAgainAndThenAnswers(String path) {
        // Given
        var before = ask(path);

        // When
        detour.refuse();
        var meanwhile = ask(path);
        detour.open();
        var afterwards = ask(path);

        // Then
        assertThat(meanwhile.statusCode()).isEqualTo(503);
        assertThat(meanwhile.header("Retry-After")).isEqualTo("2");
        assertThat(meanwhile.contentType()).startsWith("application/problem+json");
        assertThat(meanwhile.jsonPath().getString("code")).isEqualTo("UNAVAILABLE");
        assertThat(afterwards.statusCode()).isEqualTo(before.statusCode());
    }

    /** F-S4: the topic keeps what comes. */
    @Test
    void whatHappenedWhileTheDatabaseWasAwayIsCaughtUpWith() throws Exception {
        // Given
        var call = CallStory.good("away");

        // When
        detour.refuse();
        tell(call);
        detour.open();

        // Then
        LifecycleTopic.awaitApplied(call.events());
        assertThat(LifecycleTopic.facts(call.callId())).isEqualTo(11);
    }

    /** F-S5, I5. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void anEventWhoseStatementIsCutIsAppliedOnce(Moment moment) throws Exception {
        // Given
        var call = CallStory.good("cut");
        var cut = detour.cut("insert into usage", 0, moment);

        // When
        tell(call);

        // Then
        await().atMost(LONG).until(cut::happened);
        LifecycleTopic.awaitApplied(call.events());
        assertThat(LifecycleTopic.facts(call.callId())).isEqualTo(11);
    }

    private static void tell(CallStory call) {
        try (var topic = new LifecycleTopic()) {
            topic.send(call.events());
        }
    }

    private static Response ask(String path) {
        return given().auth().oauth2(TestTokens.of("analyst")).get(path);
    }
}
