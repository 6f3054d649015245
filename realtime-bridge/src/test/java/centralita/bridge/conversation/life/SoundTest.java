package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.CallQuality;
import centralita.contracts.call.StreamQuality;
import org.junit.jupiter.api.Test;

class SoundTest {
    private static final StreamQuality CLEAN = new StreamQuality(500, 4_000, 0, 0, 31, 1_000, 0, 0, 0, 0, 60L);

    private static CallQuality atTheEnd(Walk walk) {
        walk.on(at -> new Input.Detached(at, Input.LineEnd.STOPPED));
        return walk.facts(CallFact.ConversationEnded.class).getFirst().quality();
    }

    @Test
    void anUnmeasuredConversationHasNoQuality() {
        assertThat(atTheEnd(Walk.greeted())).isNull();
    }

    @Test
    void aCleanConversationIsRatedByItsDelayAlone() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.StreamMeasured(at, CLEAN));

        // When
        var quality = atTheEnd(walk);

        // Then: 30 ms of way, 20 of frame, 2 of buffer cost 0.024 · 52
        assertThat(quality).isEqualTo(new CallQuality(CLEAN, 0, 0L, 0L, 0L, 92.0, 4.38));
    }

    @Test
    void theWorseDirectionCounts() {
        // Given: the caller's words are whole, one in twenty of the assistant's is silence
        var choppy = new StreamQuality(500, 3_800, 0, 0, 31, 1_000, 0, 0, 10, 200, 60L);
        var walk = Walk.greeted();
        walk.on(at -> new Input.StreamMeasured(at, choppy));

        // When
        var quality = atTheEnd(walk);

        // Then: 95 · 5 / (5 + 4.3) more
        assertThat(quality.rFactor()).isEqualTo(40.9);
        assertThat(quality.mos()).isEqualTo(2.11);
    }

    @Test
    void severalStreamsAreOneConversation() {
        // Given
        var walk = Walk.greeted();
        walk.on(at -> new Input.StreamMeasured(at, new StreamQuality(100, 900, 1, 40, 61, 4_000, 2, 20, 1, 30, null)));
        walk.on(at -> new Input.Detached(at, Input.LineEnd.LOST));
        walk.on(at -> new Input.Attached(at, 2, 5));
        walk.on(at -> new Input.StreamMeasured(at, new StreamQuality(300, 100, 0, 0, 99, 2_000, 1, 0, 1, 10, 80L)));

        // When
        var quality = atTheEnd(walk);

        // Then
        assertThat(quality.stream()).isEqualTo(new StreamQuality(400, 1_000, 1, 40, 99, 2_500, 3, 20, 2, 40, 80L));
    }

    @Test
    void answersAreMeasuredUntilTheirFirstAudio() {
        // Given: greeting after 0 ms
        var walk = Walk.greeted();
        for (var afterMs : new long[] {400, 800}) {
            var id = "_" + afterMs;
            walk.callerSpeaks("caller" + id);
            walk.callerStops("caller" + id);
            walk.later(afterMs);
            walk.says("resp" + id, "item" + id, 100);
        }
        walk.on(at -> new Input.StreamMeasured(at, CLEAN));

        // When
        var quality = atTheEnd(walk);

        // Then
        assertThat(quality.firstAnswerMs()).isZero();
        assertThat(quality.meanAnswerMs()).isEqualTo(400);
        assertThat(quality.slowestAnswerMs()).isEqualTo(800);
    }

    @Test
    void bothTalkUntilPlaybackHasStopped() {
        // Given
        var walk = Walk.greeted();
        walk.says("resp_1", "item_1", 3_000);

        // When: the caller breaks in, and the gateway answers 120 ms later
        walk.later(500).callerSpeaks("caller_1");
        walk.later(120).on(at -> new Input.Cleared(at, 1, java.util.List.of(new Input.HeardItem(2, 600)), 1));
        walk.later(700).callerStops("caller_1");
        walk.on(at -> new Input.StreamMeasured(at, CLEAN));

        // Then
        assertThat(atTheEnd(walk).talkOverMs()).isEqualTo(120);
    }
}
