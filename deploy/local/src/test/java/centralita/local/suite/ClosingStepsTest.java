package centralita.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingStepsTest {
    private final List<String> closed = new ArrayList<>();
    private final ClosingSteps steps = new ClosingSteps();

    @Test
    void theLastThatBeganIsClosedFirst() {
        // Given
        steps.began("servers", () -> closed.add("servers"));
        steps.began("services", () -> closed.add("services"));

        // When
        var failure = steps.close();

        // Then
        assertThat(closed).containsExactly("services", "servers");
        assertThat(failure).isEmpty();
    }

    @Test
    void whatFailsToCloseIsToldAndKeepsNothingOpen() {
        // Given
        steps.began("servers", () -> closed.add("servers"));
        steps.began("ingress", () -> {
            throw new IllegalStateException("stuck");
        });

        // When
        var failure = steps.close();

        // Then
        assertThat(closed).containsExactly("servers");
        assertThat(failure.orElseThrow()).hasMessage("Stopping: the ingress did not end well (stuck).");
    }

    @Test
    void whatBeginsAfterTheEndIsClosedAtOnce() {
        // Given
        steps.close();

        // When, then
        assertThatThrownBy(() -> steps.began("services", () -> closed.add("services")))
                .isInstanceOf(LaunchException.class);
        assertThat(closed).containsExactly("services");
    }

    @Test
    void closingTwiceClosesOnce() {
        // Given
        steps.began("servers", () -> closed.add("servers"));

        // When
        steps.close();
        steps.close();

        // Then
        assertThat(closed).containsExactly("servers");
    }
}
