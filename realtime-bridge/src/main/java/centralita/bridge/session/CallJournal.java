package centralita.bridge.session;

import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.journal.Journal;
import centralita.bridge.model.ModelCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What was said in one call, here for its next model session and in the journal for another bridge. On the media event
 * loop only.
 */
final class CallJournal {
    private static final Logger LOG = Logger.getLogger(CallJournal.class);

    private final UUID callId;
    private final Journal journal;
    private final MediaLoop loop;
    private final Runnable whenStale;
    private final History history = new History();
    private final List<JournalEntry> unwritten = new ArrayList<>();

    /** @param whenStale runs on the loop, when another bridge owns the call under a higher epoch */
    CallJournal(UUID callId, Journal journal, MediaLoop loop, Runnable whenStale) {
        this.callId = callId;
        this.journal = journal;
        this.loop = loop;
        this.whenStale = whenStale;
    }

    /** Takes over what another bridge has written, or nothing when it cannot be read. @param then runs on the loop */
    void load(Runnable then) {
        journal.read(callId)
                .subscribe()
                .with(
                        entries -> loop.soon(() -> {
                            entries.forEach(history::add);
                            then.run();
                        }),
                        failure -> {
                            LOG.warnf(
                                    "The journal cannot be read. callId=%s why=%s",
                                    callId, failure.getClass().getSimpleName());
                            loop.soon(then);
                        });
    }

    void remember(JournalEntry entry) {
        history.add(entry);
        unwritten.add(entry);
    }

    /** Writes what was remembered since the last time. */
    void write(long epoch) {
        if (unwritten.isEmpty()) {
            return;
        }
        var entries = List.copyOf(unwritten);
        unwritten.clear();
        journal.append(callId, epoch, entries)
                .subscribe()
                .with(
                        outcome -> {
                            if (outcome == Journal.Outcome.STALE) {
                                loop.soon(whenStale);
                            }
                        },
                        failure -> LOG.warnf("The journal cannot be written. callId=%s", callId));
    }

    boolean isEmpty() {
        return history.isEmpty();
    }

    /** Whether the last word is the caller's. */
    boolean callerWaits() {
        return history.callerWaits();
    }

    /** What a new model session is told. */
    List<ModelCommand> replay() {
        return history.replay();
    }

    /** @see History#tellSoFar */
    Set<String> tellSoFar(Consumer<ModelCommand> to) {
        return history.tellSoFar(to);
    }

    /** @see History#replayAfter */
    List<ModelCommand> replayAfter(Set<String> told) {
        return history.replayAfter(told);
    }
}
