package centralita.bridge.session;

import centralita.bridge.conversation.life.Input;
import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.journal.Journal;
import centralita.bridge.model.ModelCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one call, here for its next model session and in the journal for another bridge. Written in order, one
 * write at a time; what could not be written waits for the next try, the oldest goes first when it is too much. On the
 * media event loop only.
 */
final class CallJournal {
    private static final Logger LOG = Logger.getLogger(CallJournal.class);
    private static final long AGAIN_MS = 500;
    private static final long READ_AGAIN_MS = 100;
    /** To forget a call is worse than to keep its caller waiting for so long; he hears a filler meanwhile. */
    private static final long READ_PATIENCE_MS = 8_000;
    /** As many as the journal keeps, beside what the call has used. */
    private static final int MOST_UNWRITTEN = 400;

    private final UUID callId;
    private final Journal journal;
    private final MediaLoop loop;
    private final Runnable whenStale;
    private final History history = new History();
    private final ArrayDeque<JournalEntry> unwritten = new ArrayDeque<>();
    private boolean writing;
    /** Whether what an earlier bridge has written may be missing here: then it is not replaced by what is known here. */
    private boolean incomplete;
    /** Whether what is to be written is all that is known, and not what has come since. */
    private boolean anew;

    private long notBeforeMs;
    private @Nullable Consumer<Boolean> whenWritten;

    /** @param whenStale runs on the loop, when another bridge owns the call under a higher epoch */
    CallJournal(UUID callId, Journal journal, MediaLoop loop, Runnable whenStale) {
        this.callId = callId;
        this.journal = journal;
        this.loop = loop;
        this.whenStale = whenStale;
    }

    /**
     * Takes over what another bridge has written, or nothing when it cannot be read for so long that the caller would not
     * wait for it.
     *
     * @param then runs on the loop
     */
    void load(Runnable then) {
        load(then, loop.nowMs() + READ_PATIENCE_MS);
    }

    private void load(Runnable then, long untilMs) {
        journal.read(callId)
                .subscribe()
                .with(
                        entries -> loop.soon(() -> {
                            entries.forEach(history::add);
                            then.run();
                        }),
                        failure -> loop.soon(() -> unread(failure, then, untilMs)));
    }

    private void unread(Throwable failure, Runnable then, long untilMs) {
        if (loop.nowMs() < untilMs) {
            loop.after(READ_AGAIN_MS, () -> load(then, untilMs));
            return;
        }
        LOG.warnf(
                "The journal cannot be read. callId=%s why=%s",
                callId, failure.getClass().getSimpleName());
        incomplete = true;
        then.run();
    }

    void remember(JournalEntry entry) {
        history.add(entry);
        if (entry instanceof JournalEntry.AssistantSpeaks speaks
                && unwritten.peekLast() instanceof JournalEntry.AssistantSpeaks before
                && before.itemId().equals(speaks.itemId())) {
            unwritten.removeLast();
        }
        if (entry instanceof JournalEntry.Used) {
            unwritten.removeIf(JournalEntry.Used.class::isInstance);
        }
        unwritten.add(entry);
        bound();
    }

    /** Words that will not be written down any more, as they sounded; known here only. @param mulaw kept, not copied */
    void recall(String itemId, byte[] mulaw) {
        history.recall(itemId, mulaw);
    }

    private void bound() {
        while (unwritten.size() > MOST_UNWRITTEN + 1) {
            var first = unwritten.removeFirst();
            if (first instanceof JournalEntry.Used) {
                unwritten.removeFirst();
                unwritten.addFirst(first);
            }
        }
    }

    /** The journal may be lost: all that is known here is written again. Whoever reads it takes each entry once. */
    void writeAgain() {
        unwritten.clear();
        unwritten.addAll(history.all());
        anew = !incomplete;
    }

    /** Writes what was remembered since the last time, unless a write is under way or has just failed. */
    void write(long epoch) {
        if (!writing && !unwritten.isEmpty() && loop.nowMs() >= notBeforeMs) {
            send(epoch);
        }
    }

    /**
     * Writes all at once.
     *
     * @param then told on the loop whether all that is remembered by now is in the journal; never told when another bridge
     *     owns the call
     */
    void complete(long epoch, Consumer<Boolean> then) {
        whenWritten = then;
        if (!writing && unwritten.isEmpty()) {
            tell(true);
        } else if (!writing) {
            send(epoch);
        }
    }

    private void send(long epoch) {
        var entries = List.copyOf(unwritten);
        var all = anew;
        unwritten.clear();
        anew = false;
        writing = true;
        (all ? journal.restore(callId, epoch, entries) : journal.append(callId, epoch, entries))
                .subscribe()
                .with(
                        outcome -> loop.soon(() -> sent(epoch, entries, all, outcome)),
                        failure -> loop.soon(() -> sent(epoch, entries, all, Journal.Outcome.AWAY)));
    }

    private void sent(long epoch, List<JournalEntry> entries, boolean all, Journal.Outcome outcome) {
        writing = false;
        switch (outcome) {
            case STALE -> whenStale.run();
            case KEPT -> {
                if (unwritten.isEmpty()) {
                    tell(true);
                } else {
                    send(epoch);
                }
            }
            case AWAY -> {
                // Perhaps it was written and only the answer was lost: whoever reads it takes each entry once.
                // When all is written again by now, these are among it.
                if (!anew) {
                    var again = new ArrayList<>(entries);
                    again.addAll(unwritten);
                    unwritten.clear();
                    unwritten.addAll(again);
                    anew = all;
                    bound();
                }
                notBeforeMs = loop.nowMs() + AGAIN_MS;
                tell(false);
            }
        }
    }

    private void tell(boolean kept) {
        var told = whenWritten;
        whenWritten = null;
        if (told != null) {
            loop.soon(() -> told.accept(kept));
        }
    }

    boolean isEmpty() {
        return history.isEmpty();
    }

    /** Whether the assistant is to speak next. */
    boolean callerWaits() {
        return history.callerWaits();
    }

    /** @see History#answersLeft */
    List<JournalEntry.AssistantSpeaks> answersLeft() {
        return history.answersLeft();
    }

    /** @see History#callerSpokeAfterThem */
    boolean callerSpokeAfterThem() {
        return history.callerSpokeAfterThem();
    }

    /** @see History#usedBefore */
    JournalEntry.Used usedBefore() {
        return history.usedBefore();
    }

    /** @see History#callerKnownUntilMs */
    long callerKnownUntilMs(String streamSid) {
        return history.callerKnownUntilMs(streamSid);
    }

    /** Calls of tools that were begun and not answered. */
    List<Input.FunctionCall> toolsLeft() {
        return history.toolsLeft();
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
