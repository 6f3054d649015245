package centralita.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.assistant.AssistantProfile.TurnDetection;
import centralita.simulators.model.scenario.Scenarios;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An assistant that does not let a cough interrupt it. */
@QuarkusTest
@WithTestResource(ModelStandInResource.class)
class FalseInterruptionIT extends WholeBridge {
    @BeforeEach
    void explaining() {
        // So slow that the answer is still being made during the cough: what was said is written when it is whole.
        model.nextSession(Scenarios.parse("brisk", "like: receptionist\nspeed: 16\n"));
        var detection = new TurnDetection("server_vad", 0.5, 300, 400, null, true, null);
        gateway.prepare(Samples.with(Samples.prepare(callId, 1), detection));
        gateway.attach(new LinkControl.Attach(callId, 1, "MZ1", 1));
        awaitGreeted();
        hear("opening-hours");
        awaitHeard(lengthMs("greeting") + 1_000);
    }

    @Test
    void anMmHmIsNotedAndTheAnswerIsHeardToItsEnd() {
        // When
        hear("mm-hm");

        // Then: it stops, goes on, and nothing is missing, repeated or forgotten
        await().atMost(PATIENCE).until(() -> !gateway.records(RecordKind.CLEAR).isEmpty());
        var whole = lengthMs("greeting") + lengthMs("long-answer");
        awaitHeard(whole - 40);
        assertThat(gateway.heardTotalMs()).isLessThanOrEqualTo(whole + 40);
        assertThat(tap.sent(callId, "conversation.item.truncate")).isEmpty();
        assertThat(tap.sent(callId, "response.cancel")).isEmpty();
        // The greeting and the answer; nobody answers an mm-hm.
        assertThat(tap.sent(callId, "response.create")).hasSize(2);
    }

    @Test
    void whoSaysStopIsListenedTo() {
        // When
        hear("stop-wait");

        // Then
        await().atMost(PATIENCE)
                .until(() -> !tap.sent(callId, "conversation.item.truncate").isEmpty());
        await().atMost(PATIENCE).until(() -> tap.sent(callId, "response.create").size() == 3);
        assertThat(gateway.heardTotalMs()).isLessThan(lengthMs("greeting") + lengthMs("long-answer"));
    }
}
