package centralita.bridge.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.Samples;
import centralita.bridge.conversation.life.Input;
import centralita.bridge.model.DeafConnection;
import centralita.bridge.model.DeafListener;
import centralita.bridge.model.LostSession;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelEvent;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.bridge.model.ModelProviders;
import centralita.bridge.model.OpenedSession;
import centralita.bridge.session.HandLoop;
import centralita.contracts.id.UuidV7;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls ask only those providers that answer, with Redis and without. */
class GuardedModelsTest {
    private final HandLoop loop = new HandLoop();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ModelListener> opened = new ArrayList<>();
    private final List<SharedBreakers.Report> reports = new ArrayList<>();
    private Uni<SharedBreakers.Verdict> shared = Uni.createFrom().failure(new IllegalStateException("Redis is away"));
    private final GuardedModels models = new GuardedModels(
            new Fake(),
            loop,
            (report, _) -> {
                reports.add(report);
                return shared;
            },
            new Rules(),
            meters);

    private ModelConnection open() {
        var order = new ModelOrder(UuidV7.next(), Samples.assistant(), null, "", List.of());
        return models.open("first", order, new DeafListener());
    }

    private void fails(int times, long retryAfterMs) {
        for (var i = 0; i < times; i++) {
            open();
            opened.getLast().onClosed(new LostSession("first", true, "handshake-503", retryAfterMs));
        }
    }

    private static ModelEvent done(Input.Status status, String code) {
        var failure = code.isEmpty() ? null : new Input.Failure(Input.ErrorKind.FATAL, code);
        return new ModelEvent.ResponseDone("resp_1", status, failure, List.of(), null);
    }

    @Test
    void aProviderThatFailsTenTimesIsSkippedAndTriedOutLaterOneSessionAtATime() {
        // Given
        fails(10, 0);
        var open = models.usable();

        // When
        loop.advance(15_000);
        var halfOpen = models.usable();
        for (var i = 0; i < 3; i++) {
            open();
            assertThat(models.usable()).as("during probe %d", i).containsExactly("second");
            opened.getLast().onReady(new OpenedSession("s", "first", "m", "t", 0));
            opened.getLast().onEvent(done(Input.Status.COMPLETED, ""));
        }

        // Then
        assertThat(open).containsExactly("second");
        assertThat(halfOpen).containsExactly("first", "second");
        assertThat(models.usable()).containsExactly("first", "second");
        assertThat(meters.counter("model.breaker.changes", "provider", "first").count())
                .isEqualTo(3);
    }

    @Test
    void sessionsFromBeforeTheRestAreNoProbesAndAProbeWhoseCallerIsSilentFreesItsPlaceOnce() {
        // Given: calls that go on over the whole outage
        open();
        open();
        opened.forEach(session -> session.onReady(new OpenedSession("s", "first", "m", "t", 0)));
        fails(10, 0);

        // When
        loop.advance(15_000);
        var halfOpen = models.usable();
        open();
        var silent = opened.getLast();
        silent.onReady(new OpenedSession("s", "first", "m", "t", 0));
        loop.advance(7_999);
        var early = models.usable();
        loop.advance(1);
        var freed = models.usable();
        open();
        silent.onClosed(new LostSession("first", true, "close-1006", 0));

        // Then: the first one's end does not free the second one's place
        assertThat(halfOpen).containsExactly("first", "second");
        assertThat(early).containsExactly("second");
        assertThat(freed).containsExactly("first", "second");
        assertThat(models.usable()).containsExactly("second");
    }

    @Test
    void aSessionThatWasHadAndIsLostLaterSaysNothingAboutTheNextOne() {
        // Given: a hundred that are cut together (F-O9)
        for (var i = 0; i < 100; i++) {
            open();
            opened.getLast().onReady(new OpenedSession("s", "first", "m", "t", 0));
        }

        // When
        opened.forEach(session -> session.onClosed(new LostSession("first", true, "close-1006", 0)));

        // Then
        assertThat(models.usable()).containsExactly("first", "second");
    }

    @Test
    void anEmptyAccountIsLeftAloneAtOnceThoughTheHandshakeWasFine() {
        // Given
        open();
        opened.getLast().onReady(new OpenedSession("s", "first", "m", "t", 0));

        // When
        opened.getLast().onEvent(done(Input.Status.FAILED, "insufficient_quota"));

        // Then
        assertThat(models.usable()).containsExactly("second");
    }

    @Test
    void sessionsThatKeepSilentAreFailuresHoweverGoodTheyWere() {
        // Given
        for (var i = 0; i < 11; i++) {
            var session = open();
            opened.getLast().onReady(new OpenedSession("s", "first", "m", "t", 0));
            if (i == 0) {
                opened.getLast().onEvent(done(Input.Status.COMPLETED, ""));
            }
            // When
            session.abandon();
        }

        // Then
        assertThat(models.usable()).containsExactly("second");
    }

    @Test
    void anOrderToWaitIsKeptForAllCalls() {
        // Given
        fails(1, 20_000);

        // When
        loop.advance(19_999);
        var before = models.usable();
        loop.advance(1);

        // Then
        assertThat(before).containsExactly("second");
        assertThat(models.usable()).containsExactly("first", "second");
    }

    @Test
    void whatOtherBridgesHaveSeenHoldsHereAndWhatNobodyTookIsReportedAgain() {
        // Given
        fails(2, 0);
        loop.advance(1_000);

        // When
        shared = Uni.createFrom().item(new SharedBreakers.Verdict("open", 4_000, 0));
        loop.advance(1_000);

        // Then
        assertThat(reports).contains(new SharedBreakers.Report("first", 0, 2, false));
        assertThat(reports.stream().filter(report -> report.bad() == 2)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(models.usable()).isEmpty();

        // When
        shared = Uni.createFrom().item(new SharedBreakers.Verdict("closed", 0, 0));
        loop.advance(1_000);

        // Then
        assertThat(models.usable()).containsExactly("first", "second");
    }

    private final class Fake implements ModelProviders {
        @Override
        public List<String> names() {
            return List.of("first", "second");
        }

        @Override
        public ModelConnection open(String provider, ModelOrder order, ModelListener listener) {
            opened.add(listener);
            return new DeafConnection();
        }
    }

    private record Rules() implements BreakerConfig {
        @Override
        public int enough() {
            return 10;
        }

        @Override
        public int failurePercent() {
            return 50;
        }

        @Override
        public Duration rest() {
            return Duration.ofSeconds(15);
        }

        @Override
        public int goodProbes() {
            return 3;
        }

        @Override
        public Duration exchange() {
            return Duration.ofSeconds(1);
        }
    }
}
