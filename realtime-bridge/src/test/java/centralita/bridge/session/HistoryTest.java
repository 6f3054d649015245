package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.JournalEntry.AssistantSaid;
import centralita.bridge.conversation.life.JournalEntry.CallerSaid;
import centralita.bridge.conversation.life.JournalEntry.ToolAnswered;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelCommand.Role;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    @Test
    void theCallersWordsStandWhereHeSaidThemHoweverLateTheyAreKnown() {
        // Given
        history.add(new CallerSaid("item_1", ""));
        history.add(new ToolAnswered("call_1", "get_current_time", "{}", "{\"time\":\"now\"}"));
        history.add(new AssistantSaid("item_2", "It is noon.", 900, false));

        // When
        history.add(new CallerSaid("item_1", "What time is it?"));

        // Then
        var told = history.replay();
        assertThat(told.subList(0, told.size() - 1))
                .containsExactly(
                        new ModelCommand.Tell(Role.CALLER, "What time is it?"),
                        new ModelCommand.RecallTool("call_1", "get_current_time", "{}"),
                        new ModelCommand.AnswerTool("call_1", "{\"time\":\"now\"}"),
                        new ModelCommand.Tell(Role.ASSISTANT, "It is noon."));
        assertThat(history.callerWaits()).isFalse();
    }

    @Test
    void aCallerWhoseWordsAreNotKnownYetWaitsForAnAnswerAllTheSame() {
        // When
        history.add(new AssistantSaid("item_1", "Hello.", 900, false));
        history.add(new CallerSaid("item_2", ""));

        // Then
        assertThat(history.callerWaits()).isTrue();
        assertThat(history.replay()).hasSize(2).first().isEqualTo(new ModelCommand.Tell(Role.ASSISTANT, "Hello."));
    }
}
