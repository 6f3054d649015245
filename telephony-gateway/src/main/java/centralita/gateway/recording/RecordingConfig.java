package centralita.gateway.recording;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.Optional;

/** Recording of calls, for assistants that announce it. */
@ConfigMapping(prefix = "gateway.recording")
public interface RecordingConfig {
    /**
     * Where recordings are kept ({@code CENTRALITA_RECORDING_LOCATION}): {@code file:///var/lib/recordings} or
     * {@code s3://bucket/folder}, the same in every gateway. Without it nothing is recorded, whatever assistants say.
     */
    Optional<URI> location();

    /**
     * Length of a segment. A crash loses the segment that is being filled and a fifth of a second more; shorter
     * ones are more objects to write, which an object store bills.
     */
    @WithDefault("500")
    @Min(100)
    @Max(10_000)
    int segmentMs();

    /** The caller's audio may be late by so much; later, it is missing. A crash loses as much of a caller who stalls. */
    @WithDefault("1000")
    @Min(0)
    @Max(5_000)
    int patienceMs();

    /** Segments that may wait for the storage, 8 KB each; more are left out, and the call goes on. */
    @WithDefault("2000")
    @Min(10)
    int queueSegments();

    /** Segments that are written at the same time. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int writers();

    /** Between two looks for recordings that nobody completed, and for old ones. */
    @WithDefault("60000")
    @Min(100)
    long sweepEveryMs();

    /** A recording that has not grown for so long is nobody's any more. Longer than a lost stream may come back. */
    @WithDefault("180000")
    @Min(500)
    long orphanAfterMs();

    /** Whole days that a recording is kept after the day of its call; 0 for ever. */
    @WithDefault("30")
    @Min(0)
    int retentionDays();
}
