package centralita.gateway.twilio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/**
 * What the provider's end of a media stream may do. Operators see one group of settings; what becomes of the audio is read
 * by {@code session.SessionConfig}.
 */
@ConfigMapping(prefix = "gateway.media-stream")
public interface MediaStreamConfig {
    /** Without {@code start} for so long, a stream is closed. */
    @WithDefault("5000")
    @Min(100)
    long startTimeoutMs();

    /** A longer message closes the stream with 1009. */
    @WithDefault("65536")
    @Min(1024)
    int maxMessageBytes();

    /**
     * What one stream may send on the average, headers of frames included; a caller's audio needs 20,000. Above it
     * and the burst, the stream is closed with 1008: it would take the time of other calls.
     */
    @WithDefault("250000")
    @Min(50000)
    long maxBytesPerSecond();

    /** What a stream may send at once, for audio that the network held back. */
    @WithDefault("2000000")
    @Min(100000)
    long burstBytes();

    /** Without audio for so long we look whether the other end is there. */
    @WithDefault("2000")
    @Min(100)
    long gapWarnMs();

    /** Without audio and without any other sign of life for so long, the stream is taken for dead. */
    @WithDefault("5000")
    @Min(500)
    long gapDeadMs();
}
