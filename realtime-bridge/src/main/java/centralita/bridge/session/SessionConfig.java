package centralita.bridge.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How one call is held. */
@ConfigMapping(prefix = "bridge.session")
public interface SessionConfig {
    /** A prepared call whose caller does not come is let go. Shorter than a telephone may ring costs calls. */
    @WithDefault("60S")
    Duration attachPatience();

    /**
     * Calls that a draining bridge offers away in each fifth of a second. More at once, and the other bridges open so many
     * model sessions at once; less, and it takes long.
     */
    @WithDefault("4")
    @Min(1)
    @Max(100)
    int giveAwaysPerTick();

    /** A call that was offered away and that no gateway has begun to hand over is offered again. */
    @WithDefault("2S")
    Duration giveAwayAgain();

    /** How long a call waits for its next stream when one is lost. */
    @WithDefault("30S")
    Duration reattachPatience();

    /** Caller audio kept while no model can hear it; the oldest goes first. More would be answered too late. */
    @WithDefault("10S")
    Duration keptAudio();

    /** A hole in the caller's stream is filled with silence up to this, so that the model's clock stays right. */
    @WithDefault("10S")
    Duration longestFilledGap();

    /** Nothing for so long while the caller speaks: silence is added, or the end of his speech is never found. */
    @WithDefault("750MS")
    Duration stalledAfter();

    /** How much silence is added then. More than any end-of-speech setting of an assistant. */
    @WithDefault("1S")
    Duration stallFill();

    /** From one key to the next of the same input. */
    @WithDefault("1500MS")
    Duration digitsPause();

    /** For last words to be said and heard, and then for the call to end. */
    @WithDefault("30S")
    Duration farewellPatience();

    /** New model sessions in a row without one completed response, before the call is given up. */
    @WithDefault("5")
    @Min(0)
    @Max(20)
    int reconnects();

    /** Delay before the first of them; doubled each time, up to 8 s, with jitter. */
    @WithDefault("250MS")
    Duration reconnectDelay();
}
