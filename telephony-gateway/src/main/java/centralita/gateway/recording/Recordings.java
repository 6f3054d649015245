package centralita.gateway.recording;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.gateway.MediaLoop;
import centralita.gateway.session.SessionConfig;
import centralita.gateway.session.StreamTap;
import centralita.recording.storage.RecordingStorage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are being recorded here, from their first stream to their end. Event loop only; what waits for the
 * storage does so on the threads of {@link RecordingVault}. Nothing that fails here touches the call.
 */
@Singleton
public class Recordings {
    private static final Logger LOG = Logger.getLogger(Recordings.class);

    private final Map<UUID, RecordedCall> calls = new HashMap<>();
    private final RecordingVault vault;
    private final RecordingMetrics metrics;
    private final MediaLoop loop;
    private final StereoTrack.Shape shape;
    private final Clock clock = Clock.systemUTC();

    Recordings(
            RecordingVault vault,
            RecordingMetrics metrics,
            MediaLoop loop,
            RecordingConfig settings,
            SessionConfig sessions,
            MeterRegistry meters) {
        this.vault = vault;
        this.metrics = metrics;
        this.loop = loop;
        this.shape = new StereoTrack.Shape(settings.segmentMs(), settings.patienceMs(), sessions.playAheadMs());
        Gauge.builder("recording.active", calls, Map::size)
                .description("Calls that are being recorded.")
                .register(meters);
    }

    /**
     * A stream of a call begins.
     *
     * @param stream number of the stream within the call, from 1
     * @return what listens to the stream; null when the call is not recorded: the deployment has no storage, or the
     *     assistant does not tell its callers
     */
    public @Nullable StreamTap begin(
            UUID callId, AssistantProfile assistant, int stream, @Nullable String traceparent) {
        var storage = vault.storage();
        if (storage.isEmpty() || !assistant.announcesRecording()) {
            return null;
        }
        var call = calls.computeIfAbsent(callId, _ -> known(storage.get(), callId, stream, traceparent));
        call.lastStream = stream;
        var track = new StereoTrack(shape, loop.nowMs(), new Cutter(storage.get(), call, stream, clock.millis()));
        if (call.paused || call.unknown) {
            track.pause(loop.nowMs());
        }
        call.track = track;
        return track;
    }

    private RecordedCall known(RecordingStorage storage, UUID callId, int stream, @Nullable String traceparent) {
        var call = new RecordedCall(callId);
        // Another gateway had the call, and may have been told to pause: silence until we know.
        call.unknown = stream > 1;
        var about = ContractsJson.write(new RecordingAbout(UuidV7.next(), callId, traceparent));
        keep(call, () -> storage.putIfAbsent(RecordingNames.about(callId), about.getBytes(StandardCharsets.UTF_8)));
        return call;
    }

    /** The call is over; its recording is completed when the last of it is kept. */
    public void over(UUID callId) {
        var call = calls.get(callId);
        if (call != null) {
            call.over = true;
            completeIfKept(call);
        }
    }

    /** The call goes on at another gateway, which completes its recording. What is on its way to the storage still gets there. */
    public void forget(UUID callId) {
        calls.remove(callId);
    }

    /** From now on (or no more) both channels are silent. @return whether the call is recorded here */
    boolean pause(UUID callId, boolean paused) {
        var call = calls.get(callId);
        if (call == null) {
            return false;
        }
        call.unknown = false;
        call.untold = true;
        call.words++;
        apply(call, paused);
        return true;
    }

    /** What others said about pausing, or that nobody said anything. @param words of the call when it was asked */
    void heard(RecordedCall call, int words, Optional<Boolean> paused) {
        if (call.words == words) {
            call.unknown = false;
            apply(call, paused.orElse(false));
        }
    }

    private void apply(RecordedCall call, boolean paused) {
        call.paused = paused;
        var track = call.track;
        if (track != null && paused) {
            track.pause(loop.nowMs());
        } else if (track != null) {
            track.resume(loop.nowMs());
        }
    }

    /** Those that are being recorded. */
    Collection<RecordedCall> active() {
        return calls.values();
    }

    boolean isActive(UUID callId) {
        return calls.containsKey(callId);
    }

    @FunctionalInterface
    private interface StorageTask {
        void run() throws IOException;
    }

    private boolean keep(RecordedCall call, StorageTask task) {
        call.pending++;
        var taken = vault.write(() -> {
            Throwable failure = null;
            try {
                task.run();
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
            var outcome = failure;
            loop.run(() -> kept(call, outcome));
        });
        if (!taken) {
            call.pending--;
            metrics.refused();
            lost(call, "the queue is full");
        }
        return taken;
    }

    private void kept(RecordedCall call, @Nullable Throwable failure) {
        call.pending--;
        if (failure == null) {
            metrics.written();
        } else {
            metrics.failed();
            lost(call, failure.getClass().getSimpleName());
        }
        completeIfKept(call);
    }

    private static void lost(RecordedCall call, String why) {
        if (!call.lossLogged) {
            call.lossLogged = true;
            LOG.warnf("A part of a recording is lost; the call goes on. callId=%s reason=\"%s\"", call.callId, why);
        }
    }

    private void completeIfKept(RecordedCall call) {
        if (!call.over || call.pending > 0 || calls.remove(call.callId, call) == false) {
            return;
        }
        vault.assembly().ifPresent(assembly -> {
            if (!vault.later(() -> complete(assembly, call.callId, call.lastStream))) {
                metrics.incomplete();
            }
        });
    }

    private void complete(RecordingAssembly assembly, UUID callId, int lastStream) {
        try {
            assembly.complete(callId, lastStream);
        } catch (IOException | RuntimeException e) {
            metrics.incomplete();
            LOG.warnf(
                    "A recording is not complete yet and is tried again. callId=%s reason=%s",
                    callId, e.getClass().getSimpleName());
        }
    }

    /** Carries what one stream's track cuts to the storage. */
    private final class Cutter implements StereoTrack.Sink {
        private final RecordingStorage storage;
        private final RecordedCall call;
        private final int stream;
        private final long openedAt;

        private Cutter(RecordingStorage storage, RecordedCall call, int stream, long openedAt) {
            this.storage = storage;
            this.call = call;
            this.stream = stream;
            this.openedAt = openedAt;
        }

        @Override
        public void segment(long startMs, byte[] stereo) {
            var name = RecordingNames.segment(call.callId, openedAt + startMs, stream);
            keep(call, () -> storage.put(name, stereo));
        }

        @Override
        public void misfit(int samples) {
            metrics.misfit();
        }
    }
}
