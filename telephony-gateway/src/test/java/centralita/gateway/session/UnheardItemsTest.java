package centralita.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** F-P1: a bridge that takes over hears again what was not answered, and nothing else. */
class UnheardItemsTest {
    private final UnheardItems items = new UnheardItems();

    @Test
    void anItemThatWasHeardAnswersWhatTheCallerSaidBeforeItBegan() {
        // Given: the second chunk of an item comes later than its first
        items.plays(1, 100);
        items.plays(1, 140);
        items.plays(2, 300);

        // When
        var answered = List.of(items.over(1), items.over(2));

        // Then
        assertThat(answered).isEqualTo(List.of(100L, 300L));
    }

    @Test
    void anItemTakesThoseBeforeItAlong() {
        // Given
        items.plays(1, 100);
        items.plays(2, 300);

        // When
        var answered = List.of(items.over(2), items.over(1));

        // Then
        assertThat(answered).isEqualTo(List.of(300L, 0L));
    }

    @Test
    void aClearEndsAllThatWasBegun() {
        // Given
        items.plays(1, 100);
        items.plays(7, 300);

        // When
        var answered = List.of(items.cleared(), items.cleared());

        // Then
        assertThat(answered).isEqualTo(List.of(300L, 0L));
    }

    @Test
    void whatWasForgottenAnswersNothing() {
        // Given: another bridge speaks and counts its items anew
        items.plays(5, 100);
        items.forget();
        items.plays(1, 400);

        // When
        var answered = items.over(5);

        // Then
        assertThat(answered).isEqualTo(400);
    }
}
