package centralita.simulators.model.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.model.protocol.Conversation;
import centralita.simulators.model.protocol.Item;
import centralita.simulators.model.scenario.Situation.Trigger;
import centralita.simulators.speech.Clips;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstandingTest {
    private static final String ANSWER = "We are open from nine in the morning.";

    private final Conversation conversation = new Conversation("conversation");

    @Test
    void anAnswerThatWasHeardToItsEndLeavesNothingToAnswer() {
        // Given
        callerSays();
        answers();

        // When, then
        assertThat(Understanding.trigger(conversation)).isEqualTo(new Trigger.NothingNew());
    }

    @ParameterizedTest(name = "{0} of 2,000 ms: {1}")
    @CsvSource({"1999, We are open from nine in the morning", "1000, We are open from n", "500, We are op"})
    void ofATruncatedAnswerAsMuchIsKnownAsWasHeard(int heardMs, String known) {
        // Given
        callerSays();
        answers();

        // When
        conversation.truncate("answer", 0, heardMs);

        // Then
        assertThat(Understanding.trigger(conversation)).isEqualTo(new Trigger.CutOff(known));
    }

    @Test
    void whatIsTruncatedAgainIsTheShorter() {
        // Given
        callerSays();
        answers();
        conversation.truncate("answer", 0, 1_000);

        // When
        conversation.truncate("answer", 0, 500);

        // Then
        assertThat(Understanding.trigger(conversation)).isEqualTo(new Trigger.CutOff("We are op"));
    }

    @ParameterizedTest(name = "{0} of 2,000 ms")
    @ValueSource(ints = {0, 300})
    void anAnswerOfWhichHardlyAnythingWasHeardIsOwedStill(int heardMs) {
        // Given
        callerSays();
        answers();

        // When
        conversation.truncate("answer", 0, heardMs);

        // Then
        assertThat(Understanding.trigger(conversation)).isEqualTo(new Trigger.Understood("opening-hours"));
    }

    @Test
    void anAnswerThatANewSessionIsToldOfAsBrokenOffIsSoToo() {
        // Given
        callerSays();
        var told = JsonNodeFactory.instance.objectNode().put("type", "message").put("role", "assistant");
        told.putArray("content").addObject().put("type", "output_text").put("text", "We are open …");
        conversation.append(Item.created(told, "told", List.of()));

        // When, then
        assertThat(Understanding.trigger(conversation)).isEqualTo(new Trigger.CutOff("We are open"));
    }

    private void callerSays() {
        conversation.append(Item.spokenByCaller(
                "question", new byte[800], List.of(Clips.recorded().get("en", "opening-hours"))));
    }

    private void answers() {
        var answer = Item.answer("answer");
        conversation.append(answer);
        answer.madeAudio(2_000);
        answer.spoke(ANSWER);
        answer.finish("completed", true);
    }
}
