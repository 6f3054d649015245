package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F-P3: a gateway dies and nobody tells how far the caller had heard. He heard on since it was told last. */
class LostLineTest {
    private final Walk walk = Walk.talking();

    private void theGatewayDies() {
        walk.on(at -> new Input.Detached(at, Input.LineEnd.BROKEN));
    }

    @ParameterizedTest(name = "of {0} ms made, {1} ms were told heard {2} ms before the end: {3} ms")
    @CsvSource({
        "4000, 0, 150, 150",
        "4000, 200, 220, 420",
        "4000, 600, 0, 600",
        "4000, 600, 5000, 1000",
        "700, 600, 500, 700",
    })
    void whatWasHeardSinceItWasToldLastCounts(long madeMs, long toldMs, long laterMs, long heardMs) {
        // Given: the model is still about it
        walk.begins("resp_g", "item_g", madeMs);
        walk.later(toldMs);
        if (toldMs > 0) {
            walk.on(at -> new Input.Heard(at, 1, toldMs, false));
        }
        walk.later(laterMs);

        // When
        theGatewayDies();

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_g", heardMs));
    }

    @Test
    void whatTheGatewayToldBeforeItLeftIsBelieved() {
        // Given
        walk.begins("resp_g", "item_g", 4_000);
        walk.later(700);
        walk.on(at -> new Input.Heard(at, 1, 640, false));
        walk.later(300);

        // When
        walk.on(at -> new Input.Detached(at, Input.LineEnd.LOST));

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_g", 640));
    }

    @Test
    void whoIsNotToldHowFarAStoppedAnswerWasHeardReckonsByTheClock() {
        // Given: the caller interrupts, and the gateway stands still
        walk.begins("resp_g", "item_g", 4_000);
        walk.later(200);
        walk.on(at -> new Input.Heard(at, 1, 200, false));
        walk.later(100);
        walk.callerSpeaks("u_1");

        // When
        walk.later(Walk.SETUP.patience().clearedMs()).tick();

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_g", 600));
    }

    @Test
    void afterOneItemTheCallerHearsTheNext() {
        // Given
        walk.says("resp_g", "item_g", 500);
        walk.begins("resp_2", "item_2", 4_000);
        walk.later(400);
        walk.on(at -> new Input.Heard(at, 1, 400, false));
        walk.later(300);

        // When
        theGatewayDies();

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_2", 200));
    }

    @Test
    void anAnswerThatBeginsAfterSilenceIsHeardFromItsBeginning() {
        // Given
        walk.says("resp_g", "item_g", 500);
        walk.later(500);
        walk.on(at -> new Input.Heard(at, 1, 500, true));
        walk.later(9_000);
        walk.begins("resp_2", "item_2", 4_000);
        walk.later(120);

        // When
        theGatewayDies();

        // Then
        assertThat(walk.all(Effect.Truncate.class)).containsExactly(new Effect.Truncate("item_2", 120));
    }
}
