package centralita.bridge.redis;

import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.journal.Journal;
import centralita.bridge.journal.JournalForm;
import centralita.livestate.LiveKeys;
import centralita.livestate.LiveScript;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Journals as Redis lists, written through one script that knows the call's epoch. */
@Singleton
class RedisJournal implements Journal {
    private static final Logger LOG = Logger.getLogger(RedisJournal.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** A caller waits, and it is asked again. */
    private static final Duration READ_PATIENCE = Duration.ofSeconds(1);

    private static final int ENTRIES_KEPT = 400;

    private final Redis redis;

    RedisJournal(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Uni<Outcome> append(UUID callId, long epoch, List<JournalEntry> entries) {
        return write(LiveScript.APPEND_JOURNAL, callId, epoch, entries);
    }

    @Override
    public Uni<Outcome> restore(UUID callId, long epoch, List<JournalEntry> entries) {
        return write(LiveScript.RESTORE_JOURNAL, callId, epoch, entries);
    }

    private Uni<Outcome> write(LiveScript script, UUID callId, long epoch, List<JournalEntry> entries) {
        var request = Request.cmd(Command.EVAL)
                .arg(script.text())
                .arg(2)
                .arg(LiveKeys.journal(callId))
                .arg(LiveKeys.call(callId))
                .arg(epoch)
                .arg(LiveKeys.CALL_TTL.toSeconds())
                .arg(ENTRIES_KEPT);
        entries.forEach(entry -> request.arg(JournalForm.write(entry)));
        return redis.send(request)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(answer -> answer != null && answer.toLong() > 0 ? Outcome.KEPT : Outcome.STALE)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.debugf(
                            "The journal cannot be written. callId=%s why=%s",
                            callId, failure.getClass().getSimpleName());
                    return Outcome.AWAY;
                });
    }

    @Override
    public Uni<List<JournalEntry>> read(UUID callId) {
        var request =
                Request.cmd(Command.LRANGE).arg(LiveKeys.journal(callId)).arg(0).arg(-1);
        return redis.send(request).ifNoItem().after(READ_PATIENCE).fail().map(RedisJournal::entries);
    }

    private static List<JournalEntry> entries(@Nullable Response list) {
        var entries = new ArrayList<JournalEntry>();
        if (list != null) {
            for (var one : list) {
                entries.add(JournalForm.read(one.toString()));
            }
        }
        return List.copyOf(entries);
    }
}
