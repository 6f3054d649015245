package centralita.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.journal.Journal;
import centralita.contracts.id.UuidV7;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** F-S1, F-S3: a journal that cannot be read or written when it is wanted. */
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
        loop.advance(7_900);

        // Then
        assertThat(read).hasValue(0);

        // When
        loop.advance(300);

        // Then
        assertThat(read).hasValue(1);
        assertThat(journal.isEmpty()).isTrue();
    }

    @Test
    void whatIsSaidWhileAllIsWrittenAgainInVainStandsBehindItOnceItIsTaken() {
        // Given
        var memory = new Forgetful();
        var journal = new CallJournal(UuidV7.next(), memory, loop, () -> {});
        journal.remember(SAID);
        journal.write(1);
        loop.advance(1);
        var later = new JournalEntry.CallerSaid("item-2", "And my number is seven.", null);

        // When
        memory.answers = Journal.Outcome.AWAY;
        journal.writeAgain();
        journal.write(1);
        journal.remember(later);
        loop.advance(1_000);
        memory.answers = Journal.Outcome.KEPT;
        journal.write(1);
        loop.advance(1);

        // Then
        assertThat(memory.restored).isEqualTo(List.of(List.of(SAID), List.of(SAID, later)));
        assertThat(memory.appended).isEqualTo(List.of(List.of(SAID)));
    }

    @Test
    void aJournalThatCouldNotBeReadIsNotReplacedByWhatIsKnownHere() {
        // Given
        var memory = new Forgetful();
        memory.unreadable = true;
        var journal = new CallJournal(UuidV7.next(), memory, loop, () -> {});
        journal.load(read::incrementAndGet);
        loop.advance(9_000);
        assertThat(read).hasValue(1);

        // When
        journal.remember(SAID);
        journal.writeAgain();
        journal.write(2);
        loop.advance(1);

        // Then: it stands behind what another bridge may have written
        assertThat(memory.appended).isEqualTo(List.of(List.of(SAID)));
        assertThat(memory.restored).isEmpty();
    }

    /** Tells what it was asked to write, one list for each time. */
    private static final class Forgetful implements Journal {
        final List<List<JournalEntry>> appended = new ArrayList<>();
        final List<List<JournalEntry>> restored = new ArrayList<>();
        Outcome answers = Outcome.KEPT;
        boolean unreadable;

        @Override
        public Uni<Outcome> append(UUID callId, long epoch, List<JournalEntry> entries) {
            appended.add(entries);
            return Uni.createFrom().item(answers);
        }

        @Override
        public Uni<Outcome> restore(UUID callId, long epoch, List<JournalEntry> entries) {
            restored.add(entries);
            return Uni.createFrom().item(answers);
        }

        @Override
        public Uni<List<JournalEntry>> read(UUID callId) {
            return unreadable
                    ? Uni.createFrom().failure(new IllegalStateException("away"))
                    : Uni.createFrom().item(List.of());
        }
    }

    private static Journal readableAfter(int failures) {
        var asked = new AtomicInteger();
        return new Journal() {
            @Override
            public Uni<Outcome> append(UUID callId, long epoch, List<JournalEntry> entries) {
                return Uni.createFrom().item(Outcome.KEPT);
            }

            @Override
            public Uni<Outcome> restore(UUID callId, long epoch, List<JournalEntry> entries) {
                return append(callId, epoch, entries);
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
