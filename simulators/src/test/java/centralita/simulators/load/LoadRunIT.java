package centralita.simulators.load;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.simulators.load.LoadPlan.Speech;
import centralita.simulators.load.RelayInTest.Vice;
import centralita.simulators.load.socket.SocketLoop;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadRunIT {
    private static final Speech BRISK = new Speech(40, 600, 80, 100, OptionalLong.empty());

    private final SocketLoop loop = SocketLoop.start("load-sockets");
    private final LoadModel model = LoadModel.listen(loop, 0);

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void everyFrameOfFiveCallsArrivesThroughARelayThatDoesItsJob() throws Exception {
        // When
        LoadResult result = run(5, BRISK, Vice.NONE, 0);

        // Then
        assertThat(result.clean()).isTrue();
        assertThat(result.heard()).isEqualTo(5);
        assertThat(result.failures()).isEmpty();
        assertThat(result.toModel().received() + result.toModel().unheard())
                .isEqualTo(result.toModel().sent());
        assertThat(result.toCaller().received()).isEqualTo(result.toCaller().sent());
        assertThat(result.toModel().delay().count()).isPositive();
        assertThat(result.firstAudio().count()).isEqualTo(5);
    }

    @Test
    void aDelayThatTheRelayAddsIsMeasured() throws Exception {
        // When
        LoadResult result = run(2, BRISK, Vice.NONE, 40);

        // Then: never less than it was
        assertThat(result.toModel().delay().p50()).isGreaterThanOrEqualTo(39_900);
        assertThat(result.toCaller().delay().p50()).isGreaterThanOrEqualTo(39_900);
        assertThat(result.clean()).isTrue();
    }

    @Test
    void droppedFramesAreLost() throws Exception {
        // When
        LoadResult result = run(3, BRISK, Vice.DROPS, 0);

        // Then
        assertThat(result.toModel().lost()).isPositive();
        assertThat(result.toModel().corrupted() + result.toModel().crossed()).isZero();
        assertThat(result.clean()).isFalse();
    }

    @Test
    void changedFramesAreCorrupted() throws Exception {
        // When
        LoadResult result = run(3, BRISK, Vice.CORRUPTS, 0);

        // Then
        assertThat(result.toModel().corrupted()).isPositive();
        assertThat(result.toModel().lost() + result.toModel().crossed()).isZero();
        assertThat(result.clean()).isFalse();
    }

    @Test
    void framesOfAnotherCallAreCrossed() throws Exception {
        // When
        LoadResult result = run(3, BRISK, Vice.SWAPS, 0);

        // Then
        assertThat(result.toModel().crossed()).isPositive();
        assertThat(result.clean()).isFalse();
    }

    @Test
    void interruptionsAreMeasuredAndCutNothingThatCounts() throws Exception {
        // When
        LoadResult result = run(3, new Speech(20, 800, 100, 100, OptionalLong.of(200)), Vice.NONE, 0);

        // Then
        assertThat(result.bargeIn().count()).isPositive();
        assertThat(result.stale()).isZero();
        assertThat(result.clean()).isTrue();
    }

    @Test
    void aRelayThatIsNotThereIsNoSuccess() throws Exception {
        // Given
        var nobody = Entrance.direct(URI.create("ws://127.0.0.1:1/"));
        var plan = new LoadPlan(2, 100, Duration.ZERO, Duration.ofMillis(10), BRISK, 1);

        // When
        LoadResult result = new LoadRun(plan, nobody, model, loop).run(new Nothing());

        // Then
        assertThat(result.clean()).isFalse();
        assertThat(result.failures()).isEqualTo(Map.of("lost: Connection refused", 2));
    }

    private LoadResult run(int calls, Speech speech, Vice vice, long delayMs) throws Exception {
        var plan = new LoadPlan(calls, 100, Duration.ofMillis(200), Duration.ofSeconds(2), speech, 1);
        try (var relay = new RelayInTest(model.url(), vice, delayMs)) {
            return new LoadRun(plan, Entrance.direct(relay.url()), model, loop).run(new Nothing());
        }
    }

    private static final class Nothing implements LoadRun.Window {
        @Override
        public void opened() {}

        @Override
        public void closed() {}
    }
}
