package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.Samples;
import centralita.bridge.model.DeafConnection;
import centralita.bridge.model.DeafListener;
import centralita.bridge.model.LostSession;
import centralita.bridge.model.ModelConnection;
import centralita.bridge.model.ModelConnector;
import centralita.bridge.model.ModelListener;
import centralita.bridge.model.ModelOrder;
import centralita.contracts.id.UuidV7;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which sessions a call opens, and that none is left behind. */
class ModelSessionsTest {
    private final HandLoop loop = new HandLoop();
    private final List<String> events = new ArrayList<>();
    private final Ear ear = new Ear("serving");
    private final Ear second = new Ear("second");
    private List<String> usable = List.of("openai", "azure");
    private final ModelSessions model = new ModelSessions(
            new ModelOrder(UuidV7.next(), Samples.assistant(), null, "", List.of()),
            new Fake(),
            new ReconnectPace(loop, new Random(1), 0, 1_000));

    @Test
    void aNewCallIsRefusedWhenNobodyMayBeAsked() {
        // Given
        usable = List.of();

        // When
        model.open(ear);
        loop.advance(1);

        // Then
        assertThat(events).containsExactly("serving lost nobody-to-ask");
    }

    @Test
    void aCallThatHasBegunPrefersWhoMayBeAskedAndAsksTheOthersWhenNobodyMay() {
        // Given
        model.open(ear);
        usable = List.of("azure");

        // When
        model.reopen(1, 0, "openai", List.of(), ear);
        loop.advance(10);
        usable = List.of();
        model.reopen(1, 0, "azure", List.of("azure"), ear);
        loop.advance(10);
        model.openSuccessor(1, 0, "azure", second);
        loop.advance(10);

        // Then
        assertThat(events)
                .containsExactly(
                        "open openai", "close openai", "open azure", "close azure", "open openai", "open azure");
    }

    @Test
    void aSecondSessionThatIsTriedLaterIsNotOpenedWhenAnotherWayWasTaken() {
        // Given
        model.open(ear);
        model.openSuccessor(2, 5_000, "azure", second);

        // When
        model.reopen(1, 0, "openai", List.of(), ear);
        loop.advance(10_000);

        // Then
        assertThat(events).containsExactly("open openai", "close openai", "open openai");
    }

    @Test
    void aSecondSessionIsClosedWhenTheOneThatServesIsReplacedOtherwise() {
        // Given
        model.open(ear);
        model.openSuccessor(1, 0, "azure", second);
        loop.advance(10);

        // When
        model.reopen(1, 0, "openai", List.of(), ear);
        loop.advance(10);

        // Then
        assertThat(events).containsExactly("open openai", "open azure", "close openai", "close azure", "open openai");
    }

    @Test
    void everyProviderThatWasGivenUpIsNotAskedThoughNobodyElseIsLeft() {
        // When
        model.reopen(1, 0, "", List.of("openai", "azure"), ear);
        loop.advance(10);

        // Then
        assertThat(events).containsExactly("serving lost nobody-to-ask");
    }

    @Test
    void aSessionThatGivesNoAnswerIsLeftOnceAndForSomebodyElse() {
        // Given
        model.open(ear);
        var another = model.anotherMayAnswer(List.of("openai"));
        usable = List.of("openai");
        var nobody = model.anotherMayAnswer(List.of("openai"));
        usable = List.of("openai", "azure");

        // When
        model.abandon();
        model.reopen(0, 0, "", List.of("openai"), ear);
        loop.advance(10);

        // Then
        assertThat(another).isTrue();
        assertThat(nobody).isFalse();
        assertThat(events).containsExactly("open openai", "close openai", "open azure");
    }

    private final class Fake implements ModelConnector {
        @Override
        public List<String> names() {
            return List.of("openai", "azure");
        }

        @Override
        public List<String> usable() {
            return usable;
        }

        @Override
        public ModelConnection open(String provider, ModelOrder order, ModelListener listener) {
            events.add("open " + provider);
            return new Connection(provider);
        }
    }

    private final class Connection extends DeafConnection {
        private final String provider;

        Connection(String provider) {
            this.provider = provider;
        }

        @Override
        public void close() {
            events.add("close " + provider);
        }
    }

    private final class Ear extends DeafListener {
        private final String name;

        Ear(String name) {
            this.name = name;
        }

        @Override
        public void onClosed(LostSession lost) {
            events.add(name + " lost " + lost.why());
        }
    }
}
