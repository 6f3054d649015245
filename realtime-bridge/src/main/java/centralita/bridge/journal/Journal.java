package centralita.bridge.journal;

import centralita.bridge.conversation.life.JournalEntry;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** Keeps what a new model session needs to go on, where another bridge finds it. Never blocks. */
public interface Journal {
    /** What became of an append. */
    enum Outcome {
        KEPT,
        /** Another bridge owns the call under a higher epoch: this one must let go of it. */
        STALE,
        /** Not reachable; the call goes on without. */
        AWAY
    }

    /** Appends entries, oldest first. @return never a failure */
    Uni<Outcome> append(UUID callId, long epoch, List<JournalEntry> entries);

    /**
     * Writes all that is known of a call, oldest first, because what was kept may be lost: what is then found there is in
     * order, too.
     *
     * @return never a failure
     */
    Uni<Outcome> restore(UUID callId, long epoch, List<JournalEntry> entries);

    /** Everything that is kept of a call, oldest first; a later entry of an item stands for an earlier one. */
    Uni<List<JournalEntry>> read(UUID callId);
}
