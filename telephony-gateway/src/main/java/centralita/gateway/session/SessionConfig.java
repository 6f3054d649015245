package centralita.gateway.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * One caller's audio while a media stream is open, both ways. Operators see one group of settings; what the provider's end
 * of the stream may do is read by {@code twilio.MediaStreamConfig}.
 */
@ConfigMapping(prefix = "gateway.media-stream")
public interface SessionConfig {
    /** A peer that takes nothing for so long loses its stream. */
    @WithDefault("10000")
    @Min(500)
    long writeStallMs();

    /** Assistant's audio that is sent before it is played; what an interruption has to call back. */
    @WithDefault("5000")
    @Min(200)
    @Max(60000)
    int playAheadMs();

    /** Between two marks. */
    @WithDefault("200")
    @Min(20)
    @Max(2000)
    int markEveryMs();

    /** Assistant's audio that may wait here. An answer that is further ahead of the caller is cut there. */
    @WithDefault("2097152")
    @Min(80000)
    long playQueueBytes();

    /**
     * A caller whose bridge is being replaced and who hears nothing for so long hears the filler; who waits for his first one
     * that answers, after 1.5 s.
     */
    @WithDefault("600")
    @Min(0)
    long fillerAfterMs();

    /** The filler sounds no longer than this; 0 turns it off. */
    @WithDefault("10000")
    @Min(0)
    @Max(60_000)
    long fillerMs();

    /** Caller's audio kept for a bridge that takes over. */
    @WithDefault("5")
    @Min(1)
    @Max(30)
    int ringSeconds();
}
