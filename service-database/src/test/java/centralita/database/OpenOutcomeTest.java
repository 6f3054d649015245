package centralita.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** F-S5. */
class OpenOutcomeTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aWriteThatIsAnsweredIsNotAskedAbout() {
        // When
        var outcome = OpenOutcome.settled(Uni.createFrom().item("written"), this::settle)
                .await()
                .atMost(LONG);

        // Then
        assertThat(outcome).isEqualTo("written");
        assertThat(asked).hasValue(0);
    }

    @Test
    void aWriteWhoseConnectionBrokeIsAskedAboutUntilTheDatabaseAnswers() {
        // When
        var outcome = OpenOutcome.settled(
                        Uni.createFrom().<String>failure(ClosedConnectionException.INSTANCE), this::settle)
                .await()
                .atMost(LONG);

        // Then
        assertThat(outcome).isEqualTo("settled");
        assertThat(asked).hasValue(3);
    }

    @Test
    void aWriteThatDidNothingIsNotDoneBehindItsBack() {
        // Given
        var never = Uni.createFrom().<String>failure(new ConnectException("Connection refused"));

        // When, then
        assertThatThrownBy(
                        () -> OpenOutcome.settled(never, this::settle).await().atMost(LONG))
                .hasCauseInstanceOf(ConnectException.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aDatabaseThatStaysAwayIsNotAskedForEver() {
        // Given
        var broken = Uni.createFrom().<String>failure(ClosedConnectionException.INSTANCE);
        var away = Uni.createFrom().<String>failure(new ConnectException("Connection refused"));

        // When, then: the asker learns that it is away, and nothing else
        assertThatThrownBy(() -> OpenOutcome.settled(broken, () -> away).await().atMost(LONG))
                .hasCauseInstanceOf(ConnectException.class);
    }

    private Uni<String> settle() {
        return asked.incrementAndGet() < 3
                ? Uni.createFrom().failure(new ConnectException("Connection refused"))
                : Uni.createFrom().item("settled");
    }
}
