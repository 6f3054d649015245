package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class BackChannelTest {
    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "...",
                "Mm-hm.",
                "Mm-hmm",
                "uh-huh",
                "Uh huh.",
                "Ajá",
                "Ah, vale.",
                "OK. OK.",
                "[cough]",
                "(coughs) mm",
                "*laughs*",
                "Yeah, yeah.",
                "Hmm…"
            })
    void whoSaysOnlyThisListens(String transcript) {
        assertThat(BackChannel.is(transcript)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Yes.",
                "No",
                "Sí",
                "Stop",
                "Wait, wait",
                "OK but when?",
                "Vale, pero espere",
                "mm mm mm mm",
                "Hello?",
                "7",
                "right now",
                "はい"
            })
    void whoSaysMoreWantsTheFloor(String transcript) {
        assertThat(BackChannel.is(transcript)).isFalse();
    }
}
