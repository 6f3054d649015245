package centralita.gateway.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.json.ContractsJson;
import centralita.gateway.testing.Assistants;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.gateway.testing.StoppedRedis;
import centralita.livestate.LiveKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F-S3: calls to a number that this gateway has not met since it began, while Redis hesitates longer than an answer usually waits. */
@QuarkusTest
class NewNumberIT extends RunningGateway {
    private static final int HESITATES_MS = 600;

    @Inject
    MeterRegistry meters;

    private final String number = Provider.newCaller();

    @BeforeEach
    void theNumberHasItsOwnAssistant() {
        var own = Assistants.RECORDED;
        redis.value(String.class).set(LiveKeys.number(number), own.assistantId());
        redis.value(String.class).set(LiveKeys.assistant(own.assistantId()), ContractsJson.write(own));
    }

    @Test
    void theFirstCallIsAnsweredByTheNumbersOwnAssistant() {
        // When
        StoppedRedis.forMs(HESITATES_MS);
        var answer = call();

        // Then
        assertThat(assistantOf(answer)).isEqualTo(Assistants.RECORDED.assistantId());
    }

    @Test
    void soIsTheSecondThatComesBeforeTheFirstIsAnswered() {
        // When
        StoppedRedis.forMs(HESITATES_MS);
        var answers = Stream.generate(() -> CompletableFuture.supplyAsync(this::call, Thread::startVirtualThread))
                .limit(2)
                .toList();

        // Then
        assertThat(answers)
                .extracting(CompletableFuture::join)
                .extracting(this::assistantOf)
                .isEqualTo(List.of(Assistants.RECORDED.assistantId(), Assistants.RECORDED.assistantId()));
    }

    @Test
    void aRedisThatStaysAwayLeavesTheAssistantOfAllOtherNumbersAndIsAskedAgainLater() {
        // Given: the assistant of all other numbers is known
        var fields = Provider.fields(newCall());
        Awaitility.await()
                .until(() -> provider.post("/webhook/twilio", fields).verbs().contains("Connect"));
        bridge.keepQuiet();
        StoppedRedis.forMs(6_000);

        // When
        var meanwhile = call();

        // Then
        assertThat(assistantOf(meanwhile)).isEqualTo(Assistants.SPANISH.assistantId());
        Awaitility.await().until(() -> assistantOf(call()).equals(Assistants.RECORDED.assistantId()));
    }

    @Test
    void whoHangsUpBeforeHeIsAnsweredLeavesNoCallBehind() {
        // Given
        var callSid = newCall();
        StoppedRedis.forMs(HESITATES_MS);
        var answer = CompletableFuture.supplyAsync(() -> call(callSid), Thread::startVirtualThread);
        Awaitility.await("the webhook is with the gateway, or was answered before anybody looked")
                .until(() -> requestsUnderway() > 0 || answer.isDone());

        // When
        provider.hangUp(callSid);

        // Then
        var end = events.awaitEnd(answer.join().callId());
        assertThat(end.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(end.reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    private double requestsUnderway() {
        return meters.get("http.server.active.requests").gauge().value();
    }

    private Provider.Answer call() {
        return call(newCall());
    }

    private Provider.Answer call(String callSid) {
        var fields = Provider.fields(callSid);
        fields.put("To", number);
        return provider.post("/webhook/twilio", fields);
    }

    private String assistantOf(Provider.Answer answer) {
        return bridge.await(RecordKind.PREPARE, answer.callId())
                .as(LinkControl.Prepare.class)
                .assistant()
                .assistantId();
    }
}
