package centralita.mediasocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopPassTest {
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatIsLeftForTheEndIsDoneOnceInOrderAndWhatItLeavesToo() {
        // Given
        var pass = new LoopPass(later::add, 0);

        // When
        pass.atEnd(() -> {
            done.add("first");
            pass.atEnd(() -> done.add("of the first"));
        });
        pass.atEnd(() -> {
            throw new IllegalStateException("on purpose");
        });
        pass.atEnd(() -> done.add("last"));

        // Then
        assertThat(done).isEmpty();
        assertThat(later).hasSize(1);
        later.remove().run();
        assertThat(done).containsExactly("first", "last", "of the first");
        assertThat(later).isEmpty();
    }

    @Test
    void passesOfABusyLoopKeepTheirDistance() {
        // Given
        var gatherMicros = 2_000;
        var pass = new LoopPass(later::add, gatherMicros);
        var began = System.nanoTime();

        // When
        for (var i = 0; i < 10; i++) {
            pass.atEnd(() -> done.add("pass"));
            later.remove().run();
        }

        // Then
        assertThat(done).hasSize(10);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(5 * gatherMicros * 1_000L);
    }
}
