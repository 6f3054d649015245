package centralita.gateway.recording;

import centralita.gateway.MediaLoop;
import centralita.recording.storage.RecordingStorage;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Completes recordings whose gateway died, and deletes old ones. Every gateway does it; who comes first does the work. A
 * recording is nobody's when it has not grown for a while by our own monotonic clock: no two clocks are compared. Begun
 * on the event loop, done on the vault's thread.
 */
@Singleton
class RecordingSweep {
    private static final Logger LOG = Logger.getLogger(RecordingSweep.class);

    private final RecordingVault vault;
    private final Recordings recordings;
    private final RecordingMetrics metrics;
    private final MediaLoop loop;
    private final RecordingConfig settings;
    /** The vault's one thread only. */
    private final Map<UUID, Seen> seen = new HashMap<>();
    /** Event loop only. */
    private boolean sweeping;

    private record Seen(int objects, String lastName, long sinceMs) {}

    RecordingSweep(
            RecordingVault vault,
            Recordings recordings,
            RecordingMetrics metrics,
            MediaLoop loop,
            RecordingConfig settings) {
        this.vault = vault;
        this.recordings = recordings;
        this.metrics = metrics;
        this.loop = loop;
        this.settings = settings;
    }

    void start(@Observes StartupEvent started) {
        vault.storage().ifPresent(storage -> loop.run(() -> loop.every(settings.sweepEveryMs(), () -> begin(storage))));
    }

    private void begin(RecordingStorage storage) {
        if (sweeping) {
            return;
        }
        var ours = new HashSet<UUID>();
        recordings.active().forEach(call -> ours.add(call.callId));
        sweeping = vault.later(() -> {
            sweep(storage, ours);
            loop.run(() -> sweeping = false);
        });
    }

    /** Each on its own: a recording that cannot be completed must not keep others, or old ones for ever. */
    void sweep(RecordingStorage storage, Set<UUID> ours) {
        attempt(() -> completeOrphans(storage, ours));
        attempt(() -> deleteOld(storage, LocalDate.now(ZoneOffset.UTC)));
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            metrics.incomplete();
            LOG.warnf(
                    "Recordings could not be looked through; it is tried again. reason=%s",
                    e.getClass().getSimpleName());
        }
    }

    private void completeOrphans(RecordingStorage storage, Set<UUID> ours) throws IOException {
        var still = new HashSet<UUID>();
        for (var folder : storage.folders(RecordingNames.OPEN)) {
            var callId = RecordingNames.callOf(folder);
            if (callId.isPresent() && !ours.contains(callId.get())) {
                attempt(() -> completeOrphan(storage, folder, callId.get()));
            }
            callId.ifPresent(still::add);
        }
        seen.keySet().retainAll(still);
    }

    private void completeOrphan(RecordingStorage storage, String folder, UUID callId) throws IOException {
        if (!grows(storage, folder, callId)) {
            vault.assembly().orElseThrow().complete(callId, Integer.MAX_VALUE);
        }
    }

    private boolean grows(RecordingStorage storage, String folder, UUID callId) throws IOException {
        var objects = storage.list(folder);
        var last = objects.isEmpty() ? "" : objects.getLast().name();
        var now = System.nanoTime() / 1_000_000;
        var before = seen.get(callId);
        if (before == null || before.objects != objects.size() || !before.lastName.equals(last)) {
            seen.put(callId, new Seen(objects.size(), last, now));
            return true;
        }
        return now - before.sinceMs < settings.orphanAfterMs();
    }

    /** TH-27: what is not there cannot be stolen. */
    void deleteOld(RecordingStorage storage, LocalDate today) throws IOException {
        if (settings.retentionDays() == 0) {
            return;
        }
        var oldest = today.minusDays(settings.retentionDays());
        for (var folder : storage.folders(RecordingNames.DONE)) {
            var day = RecordingNames.dayOf(folder);
            if (day.isPresent() && day.get().isBefore(oldest)) {
                attempt(() -> delete(storage, folder, day.get()));
            }
        }
    }

    private void delete(RecordingStorage storage, String folder, LocalDate day) throws IOException {
        var objects = storage.list(folder);
        for (var object : objects) {
            storage.delete(object.name());
            metrics.deleted();
        }
        LOG.infof("Old recordings were deleted. day=%s objects=%d", day, objects.size());
    }
}
