package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.Input.FunctionCall;
import centralita.bridge.conversation.life.JournalEntry.AssistantSaid;
import centralita.bridge.conversation.life.JournalEntry.AssistantSpeaks;
import centralita.bridge.conversation.life.JournalEntry.CallerSaid;
import centralita.bridge.conversation.life.JournalEntry.LetGo;
import centralita.bridge.conversation.life.JournalEntry.ToolAnswered;
import centralita.bridge.conversation.life.JournalEntry.ToolBegun;
import centralita.bridge.conversation.life.JournalEntry.Used;
import centralita.bridge.conversation.life.StreamTime;
import centralita.bridge.journal.JournalForm;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelCommand.Role;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void wordsThatNobodyWroteDownAreToldAsTheySounded() {
        // Given
        history.add(new CallerSaid("item_1", ""));
        history.add(new AssistantSaid("item_2", "It is noon.", 900, false));
        history.add(new CallerSaid("item_3", ""));
        var sound = new byte[800];

        // When
        history.recall("item_1", sound);
        history.recall("item_3", new byte[799]);

        // Then
        var soFar = new ArrayList<ModelCommand>();
        history.tellSoFar(soFar::add);
        assertThat(soFar)
                .containsExactly(new ModelCommand.LetHear(sound), new ModelCommand.Tell(Role.ASSISTANT, "It is noon."));
        assertThat(history.replay()).hasSize(3).startsWith(soFar.toArray(ModelCommand[]::new));

        // When: somebody did after all
        history.add(new CallerSaid("item_1", "What time is it?"));

        // Then
        assertThat(history.replay()).first().isEqualTo(new ModelCommand.Tell(Role.CALLER, "What time is it?"));
    }

    @Test
    void whatIsBeingSaidIsToldWhenItIsKnownHowItEnded() {
        // Given
        var speaks = new AssistantSpeaks("item_2", "It is noon and", 2, 1, 900, 0, 3_000, 900, false);
        history.add(new CallerSaid("item_1", "What time is it?"));
        history.add(new AssistantSpeaks("item_2", "It is", 2, 1, 900, 0, 900, 200, false));

        // When
        history.add(speaks);

        // Then
        assertThat(history.answersLeft()).containsExactly(speaks);
        assertThat(history.replay()).hasSize(2);
        assertThat(history.callerWaits()).isFalse();
        assertThat(history.callerSpokeAfterThem()).isFalse();

        // When: an entry that was written twice comes late
        history.add(new AssistantSaid("item_2", "It is", 900, true));
        history.add(speaks);

        // Then
        assertThat(history.answersLeft()).isEmpty();
        assertThat(history.replay()).contains(new ModelCommand.Tell(Role.ASSISTANT, "It is …"));
    }

    @Test
    void anAnswerOfWhichNothingWasHeardIsForgotten() {
        // Given
        history.add(new CallerSaid("item_1", "What time is it?"));
        history.add(new AssistantSpeaks("item_2", "It is noon", 2, 1, 900, 0, 3_000, 0, false));

        // When
        history.add(new AssistantSaid("item_2", "", 0, true));

        // Then
        assertThat(history.all()).containsExactly(new CallerSaid("item_1", "What time is it?"));
        assertThat(history.callerWaits()).isTrue();
    }

    @Test
    void aCallerWhoSpokeIntoAnAnswerIsKnown() {
        // Given
        history.add(new AssistantSpeaks("item_1", "It is noon", 2, 1, 900, 0, 3_000, 500, false));

        // When
        history.add(new CallerSaid("item_2", ""));

        // Then
        assertThat(history.callerSpokeAfterThem()).isTrue();
    }

    @Test
    void untilWhenHisWordsAreKnownIsToldForEachOfHisStreams() {
        // Given
        history.add(new CallerSaid("item_1", "Hello", new StreamTime("MZ1", 9_000)));
        history.add(new CallerSaid("item_2", "Hello?", new StreamTime("MZ2", 3_000)));
        history.add(new CallerSaid("item_3", "", new StreamTime("MZ2", 5_000)));
        history.add(new CallerSaid("keys_1", "[Keys: 1]"));

        // Then
        assertThat(List.of(
                        history.callerKnownUntilMs("MZ1"),
                        history.callerKnownUntilMs("MZ2"),
                        history.callerKnownUntilMs("MZ3")))
                .isEqualTo(List.of(9_000L, 3_000L, 0L));
    }

    @Test
    void wordsOfWhichABridgeOfAnOlderVersionSaysOnlyTheNumberOfTheirStreamEndNobodyKnowsWhere() {
        // When
        history.add(JournalForm.read(
                "{\"kind\":\"caller\",\"itemId\":\"item_1\",\"text\":\"Hello\",\"until\":{\"stream\":1,\"ms\":9000}}"));

        // Then
        assertThat(history.isEmpty()).isFalse();
        assertThat(history.callerKnownUntilMs("MZ1")).isZero();
    }

    @Test
    void aToolThatWasBegunIsLeftOverUntilItIsAnswered() {
        // Given
        history.add(new CallerSaid("item_1", "What time is it?"));
        history.add(new ToolBegun("call_1", "get_current_time", "{}"));

        // Then: a call without its answer is not told
        assertThat(history.toolsLeft()).containsExactly(new FunctionCall("call_1", "get_current_time", "{}"));
        assertThat(history.replay()).hasSize(2);
        assertThat(history.callerWaits()).isTrue();

        // When
        history.add(new ToolAnswered("call_1", "get_current_time", "{}", "{}"));
        history.add(new ToolBegun("call_1", "get_current_time", "{}"));

        // Then
        assertThat(history.toolsLeft()).isEmpty();
        assertThat(history.replay()).hasSize(4);
    }

    @Test
    void whatABridgeSaidWhenItLetGoIsNotWrittenAgainBehindWhatCameAfter() {
        // Given
        var said = new CallerSaid("item_1", "What time is it?");
        history.add(new LetGo(false));

        // Then
        assertThat(history.all()).containsExactly(new LetGo(false));

        // When
        history.add(said);

        // Then
        assertThat(history.all()).containsExactly(said);
        assertThat(history.callerWaits()).isTrue();
    }

    @Test
    void theBridgeThatLetGoSaysWhetherAnAnswerIsOwed() {
        // Given
        history.add(new LetGo(true));
        history.add(new CallerSaid("item_1", "Hello"));
        history.add(new AssistantSaid("item_2", "Once upon", 900, true));

        // When
        history.add(new LetGo(true));
        var owed = history.callerWaits();
        history.add(new LetGo(false));
        var notOwed = history.callerWaits();

        // Then
        assertThat(List.of(owed, notOwed)).isEqualTo(List.of(true, false));
        assertThat(history.replay()).hasSize(3);
    }

    @Test
    void wordsWhoseTextNeverCameAreNotWaitedForWhenLaterOnesAreKnown() {
        // Given
        history.add(new CallerSaid("item_1", ""));
        history.add(new AssistantSaid("item_2", "Pardon?", 900, false));
        history.add(new CallerSaid("item_3", "What time is it?"));
        history.add(new AssistantSaid("item_4", "It is noon.", 900, false));
        history.add(new CallerSaid("item_5", ""));
        history.add(new AssistantSaid("item_6", "You are welcome.", 900, false));

        // When
        var soFar = new ArrayList<ModelCommand>();
        var told = history.tellSoFar(soFar::add);

        // Then: up to the last words, whose text may still come
        assertThat(soFar)
                .containsExactly(
                        new ModelCommand.Tell(Role.ASSISTANT, "Pardon?"),
                        new ModelCommand.Tell(Role.CALLER, "What time is it?"),
                        new ModelCommand.Tell(Role.ASSISTANT, "It is noon."));

        // When
        history.add(new CallerSaid("item_1", "Hm."));
        history.add(new CallerSaid("item_5", "Thank you."));
        var rest = history.replayAfter(told);

        // Then: nothing is lost
        assertThat(rest.subList(0, rest.size() - 1))
                .containsExactly(
                        new ModelCommand.Tell(Role.CALLER, "Hm."),
                        new ModelCommand.Tell(Role.CALLER, "Thank you."),
                        new ModelCommand.Tell(Role.ASSISTANT, "You are welcome."));
    }

    /** TH-11, F-O8. */
    @Test
    void whatTheCallHasUsedIsReadAsItWasWrittenAndIsNoWordOfAnybody() {
        // Given
        history.add(new CallerSaid("item_1", "What time is it?"));
        history.add(new ToolBegun("call_1", "get_current_time", "{}"));
        history.add(new Used(3, 1_200));

        // When
        var next = new History();
        history.all().forEach(entry -> next.add(JournalForm.read(JournalForm.write(entry))));
        next.add(new Used(2, 900));

        // Then: an older entry that was written twice takes nothing back
        assertThat(next.all()).isEqualTo(history.all()).contains(new Used(3, 1_200));
        assertThat(next.callerWaits()).isTrue();
        assertThat(next.replay()).hasSize(2);
        // The tool that is left over is counted by who runs it.
        assertThat(next.usedBefore()).isEqualTo(new Used(2, 1_200));
    }

    @Test
    void aJournalOfAnOlderBridgeSaysOfNothingThatItWasUsed() {
        // When
        history.add(new ToolBegun("call_1", "get_current_time", "{}"));

        // Then
        assertThat(history.usedBefore()).isEqualTo(Used.NOTHING);
    }

    /** The script that appends to a journal knows the beginning of the text (append-journal). */
    @Test
    void whatTheCallHasUsedIsWrittenWithItsKindFirst() {
        assertThat(JournalForm.write(new Used(3, 1_200)))
                .isEqualTo("{\"kind\":\"used\",\"toolCalls\":3,\"tokens\":1200}");
    }
}
