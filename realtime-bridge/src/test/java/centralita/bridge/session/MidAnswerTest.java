package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl.PlayedItem;
import centralita.audiolink.LinkControl.Playout;
import centralita.bridge.model.ModelCommand.Role;
import centralita.bridge.model.ModelEvent;
import centralita.contracts.id.UuidV7;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F-P1, F-O1: in the middle of what is being said a bridge or a model session is gone; nothing is forgotten or said twice. */
class MidAnswerTest {
    private static final String QUESTION = "When are you open?";
    private static final List<String> WORDS =
            List.of("We are ", "open from ", "nine in ", "the morning ", "until ", "six.");

    private final UUID callId = UuidV7.next();
    private final HandLoop loop = new HandLoop();
    private final OneBridge.Memory memory = new OneBridge.Memory();
    private final OneBridge bridge = new OneBridge(callId, loop, memory);

    @BeforeEach
    void theCallerIsGreetedAndHasAsked() {
        bridge.serves(1, false, null);
        bridge.model().says(new ModelEvent.ResponseCreated("r1"));
        bridge.model().speaks("r1", "greeting", "Hello.");
        bridge.model().hasSaid("r1", "greeting", "Hello.");
        bridge.session().heard(1, 1_000, true);
        bridge.hears(0, 1_400);
        bridge.model().says(new ModelEvent.SpeechStarted("question", 1_000));
        bridge.hears(1_400, 2_000);
    }

    private void theQuestionIsHeard() {
        bridge.hears(2_000, 3_000);
        bridge.model().says(new ModelEvent.SpeechStopped("question", 2_500));
        bridge.model().says(new ModelEvent.SpeechCommitted("question"));
    }

    private void theQuestionIsWrittenDown() {
        bridge.model().says(new ModelEvent.CallerTranscribed("question", QUESTION, 1, null));
    }

    /** A second of it every quarter of one, and the caller hears it at his own pace. */
    private void theAnswerIsMade(int seconds) {
        bridge.model().says(new ModelEvent.ResponseCreated("r2"));
        for (var word : WORDS.subList(0, seconds)) {
            bridge.model().speaks("r2", "answer", word);
            loop.advance(250);
            bridge.session().tick(loop.nowMs());
        }
    }

    private OneBridge killed(Playout playout) {
        var next = new OneBridge(callId, loop, memory);
        next.serves(2, true, playout);
        // The gateway's ring has all that he said since the greeting.
        next.hears(0, 4_000);
        return next;
    }

    @Test
    void theNextBridgeGoesOnWithAnAnswerOfWhichHalfWasMade() {
        // Given
        theQuestionIsHeard();
        theQuestionIsWrittenDown();
        theAnswerIsMade(4);

        // When
        var next = killed(new Playout(2, List.of(new PlayedItem(2, 2_500, 1_500, false))));
        var atOnce = List.copyOf(next.model().asked());
        next.session().heard(2, 4_000, true);

        // Then
        assertThat(next.line.said).containsExactly("ready goesOn=true");
        assertThat(next.model().told(Role.CALLER)).containsExactly(QUESTION);
        assertThat(next.model().told(Role.ASSISTANT))
                .containsExactly("Hello.", "We are open from nine in the morning  …");
        assertThat(atOnce).isEmpty();
        assertThat(next.model().asked()).singleElement().asString().contains("go on with the rest of that sentence");
        // The question is told, not heard once more.
        assertThat(next.model().heard()).containsExactly("2500-4000");

        // When
        next.model().says(new ModelEvent.ResponseCreated("r3"));
        next.model().speaks("r3", "rest", "until six.");
        next.model().hasSaid("r3", "rest", "until six.");
        next.session().heard(3, 1_000, true);

        // Then
        assertThat(next.line.said).containsExactly("ready goesOn=true", "play 3", "end 3");
        assertThat(memory.said("CALLER")).containsExactly(QUESTION);
        assertThat(memory.said("ASSISTANT"))
                .containsExactly("Hello.", "We are open from nine in the morning ", "until six.");
    }

    @Test
    void anAnswerThatIsAllThereIsHeardToItsEndAndNobodyIsAskedForAnything() {
        // Given
        theQuestionIsHeard();
        theQuestionIsWrittenDown();
        theAnswerIsMade(6);
        bridge.model().hasSaid("r2", "answer", String.join("", WORDS));

        // When
        var next = killed(new Playout(2, List.of(new PlayedItem(2, 2_500, 3_500, true))));
        next.session().heard(2, 6_000, true);

        // Then
        assertThat(next.model().told(Role.ASSISTANT)).containsExactly("Hello.", String.join("", WORDS));
        assertThat(next.model().asked()).isEmpty();
        assertThat(memory.said("ASSISTANT")).containsExactly("Hello.", String.join("", WORDS));
    }

    @Test
    void withoutAWordFromTheGatewayTheJournalSaysWhatWasHeard() {
        // Given
        theQuestionIsHeard();
        theQuestionIsWrittenDown();
        theAnswerIsMade(4);
        loop.advance(1_000);
        bridge.session().heard(2, 2_000, false);

        // When
        var next = killed(null);

        // Then
        assertThat(next.line.said).containsExactly("ready goesOn=false");
        assertThat(next.model().told(Role.ASSISTANT)).containsExactly("Hello.", "We are open from …");
        assertThat(next.model().asked()).hasSize(1);
    }

    @Test
    void aQuestionThatNobodyHasWrittenDownIsHeardByTheNextBridge() {
        // Given
        theQuestionIsHeard();

        // When
        var next = killed(new Playout(1, List.of()));

        // Then
        assertThat(next.model().told(Role.CALLER)).isEmpty();
        assertThat(next.model().heard()).containsExactly("0-4000");
    }

    @Test
    void aNewStreamIsHeardFromItsBeginningAlsoWhenAGatewayCountsItAsTheOneBefore() {
        // Given: the question is known, up to 2500 ms of the stream before
        theQuestionIsHeard();
        theQuestionIsWrittenDown();
        loop.advance(100);

        // When: a gateway that nobody told of that stream has another one
        var next = new OneBridge(callId, loop, memory);
        next.serves(2, true, "MZ2", null);
        next.hears(0, 2_000);

        // Then
        assertThat(next.model().told(Role.CALLER)).containsExactly(QUESTION);
        assertThat(next.model().heard()).containsExactly("0-2000");
    }

    @Test
    void whatTheCallerSaidToALostModelSessionIsHeardByTheNextOneWithWhatHeSaidSince() {
        // Given: in the middle of his question
        bridge.hears(2_000, 2_200);

        // When
        bridge.model().breaks();
        bridge.hears(2_200, 2_600);
        loop.advance(1_000);
        bridge.model().ready();
        bridge.hears(2_600, 3_000);

        // Then: from half a second before he began
        assertThat(bridge.models).hasSize(2);
        assertThat(bridge.model().heard()).containsExactly("500-3000");
        assertThat(bridge.model().asked()).isEmpty();
    }

    @Test
    void whatWasWrittenDownIsToldToTheNextSessionAndNotHeard() {
        // Given
        theQuestionIsHeard();
        theQuestionIsWrittenDown();

        // When
        bridge.model().breaks();
        loop.advance(1_000);
        bridge.model().ready();

        // Then: what came after his words is heard, because he may have begun to speak again
        assertThat(bridge.model().told(Role.CALLER)).containsExactly(QUESTION);
        assertThat(bridge.model().heard()).containsExactly("2500-3000");
        assertThat(bridge.model().asked()).hasSize(1);
    }
}
