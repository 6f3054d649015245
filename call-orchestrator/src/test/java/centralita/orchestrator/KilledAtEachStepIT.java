package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.Topics;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.database.DatabaseAway;
import centralita.embedded.DatabaseDetour;
import centralita.embedded.DatabaseDetour.Cut;
import centralita.embedded.DatabaseDetour.Moment;
import centralita.embedded.TestTokens;
import centralita.orchestrator.call.CallRepository;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * F-P4 for what the database sees of a kill: the connection of whoever applies an event ends at each statement of each
 * event of a call, before or after the statement was done, and a successor reads the record again.
 */
@QuarkusTest
@WithTestResource(DetouredDatabase.class)
class KilledAtEachStepIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    private static final String FIRST_STATEMENT = "insert into inbox";
    private static final int MORE_STEPS_THAN_THERE_ARE = 60;

    DatabaseDetour detour;

    @Inject
    CallRepository calls;

    @ParameterizedTest
    @EnumSource(Moment.class)
    void afterAKillAtAnyStepTheCallIsAsIfNothingHadHappened(Moment moment) {
        // Given: the oracle, a call that nothing disturbs
        var undisturbed = UuidV7.next();
        Events.story(undisturbed, BEGIN).forEach(told -> apply(told).await().atMost(LONG));
        var expected = comparable(undisturbed);

        int step = 0;
        boolean anyCut = true;
        while (anyCut && step < MORE_STEPS_THAN_THERE_ARE) {
            // When
            var callId = UuidV7.next();
            anyCut = false;
            for (var told : Events.story(callId, BEGIN)) {
                anyCut |= applyThroughCut(told, detour.cut(FIRST_STATEMENT, step, moment));
            }

            // Then
            assertThat(comparable(callId)).as("killed %s step %d", moment, step).isEqualTo(expected);
            step++;
        }
        // Seven statements of a call's event, and its commit.
        assertThat(step).isBetween(8, MORE_STEPS_THAN_THERE_ARE - 1);
    }

    /** @return whether the event was so long that it was cut */
    private boolean applyThroughCut(Events.Told told, Cut cut) {
        var first = apply(told).onItemOrFailure().transform((_, failure) -> failure == null);
        if (first.await().atMost(LONG)) {
            return cut.happened();
        }
        assertThat(cut.happened()).isTrue();
        // The pool may give away the dead connection once more before it has noticed.
        apply(told).onFailure(DatabaseAway::is).retry().atMost(20).await().atMost(LONG);
        return true;
    }

    private Uni<Boolean> apply(Events.Told told) {
        return told.topic().equals(Topics.CALL_LIFECYCLE)
                ? calls.apply(ContractsJson.read(told.json(), CallEvent.class))
                : calls.apply(ContractsJson.read(told.json(), TranscriptEvent.class));
    }

    private static String comparable(UUID callId) {
        return given().auth()
                .oauth2(TestTokens.of("admin"))
                .get("/calls/" + callId)
                .jsonPath()
                .prettify()
                .replace(callId.toString(), "the-call")
                .replaceAll("\"createdAt\": \"[^\"]*\"", "\"createdAt\": \"then\"");
    }
}
