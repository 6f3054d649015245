package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.journal.Journal;
import centralita.contracts.id.UuidV7;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** F-S1, F-S3: a journal that cannot be read when it is wanted. */
class CallJournalTest {
    private static final JournalEntry SAID = new JournalEntry.CallerSaid("item-1", "My code word is heron.");

    private final HandLoop loop = new HandLoop();
    private final AtomicInteger read = new AtomicInteger();

    @Test
    void aJournalThatCannotBeReadAtOnceIsAskedForAgain() {
        // Given
        var journal = new CallJournal(UuidV7.next(), readableAfter(5), loop, () -> {});

        // When
        journal.load(read::incrementAndGet);
        loop.advance(1_000);

        // Then
        assertThat(read).hasValue(1);
        assertThat(journal.isEmpty()).isFalse();
    }

    @Test
    void aCallerDoesNotWaitForEverForWhatNobodyCanRead() {
        // Given
        var journal = new CallJournal(UuidV7.next(), readableAfter(Integer.MAX_VALUE), loop, () -> {});

        // When
        journal.load(read::incrementAndGet);
        loop.advance(2_900);

        // Then
        assertThat(read).hasValue(0);

        // When
        loop.advance(300);

        // Then
        assertThat(read).hasValue(1);
        assertThat(journal.isEmpty()).isTrue();
    }

    private static Journal readableAfter(int failures) {
        var asked = new AtomicInteger();
        return new Journal() {
            @Override
            public Uni<Outcome> append(UUID callId, long epoch, List<JournalEntry> entries) {
                return Uni.createFrom().item(Outcome.KEPT);
            }

            @Override
            public Uni<List<JournalEntry>> read(UUID callId) {
                return asked.getAndIncrement() < failures
                        ? Uni.createFrom().failure(new IllegalStateException("the pool is busy"))
                        : Uni.createFrom().item(List.of(SAID));
            }
        };
    }
}
