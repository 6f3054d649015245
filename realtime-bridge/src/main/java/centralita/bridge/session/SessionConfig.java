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

    /**
     * Caller audio kept while no model can hear it, and as much again of what a lost session heard and did not write down;
     * the oldest goes first. More would be answered too late. Less than a dead session takes to be noticed (three of {@code
     * bridge.openai.ping-interval}) and the next one, or than what a gateway has kept and a journal is waited for together (5
     * and 8 s), and some of it is forgotten.
     */
    @WithDefault("15S")
    Duration keptAudio();

    /** A hole in the caller's stream is filled with silence up to this, so that the model's clock stays right. */
    @WithDefault("10S")
    Duration longestFilledGap();

    /**
     * Nothing for so long while the caller speaks and his gateway lives: silence is added, or the end of his speech is never
     * found.
     */
    @WithDefault("750MS")
    Duration stalledAfter();

    /** How much silence is added then. More than any end-of-speech setting of an assistant. */
    @WithDefault("1S")
    Duration stallFill();

    /** From one key to the next of the same input. */
    @WithDefault("1500MS")
    Duration digitsPause();

    /**
     * For a gateway to say what was heard when it was to stop playing. Less, and it is reckoned although it is on its way; more,
     * and a caller who interrupted waits so long for his answer when the gateway does not say.
     */
    @WithDefault("1S")
    Duration clearedPatience();

    /** For last words to be said and heard, and then for the call to end. */
    @WithDefault("30S")
    Duration farewellPatience();

    /** Tries of one provider to give a model session again, before a response was completed; then the next provider. */
    @WithDefault("3")
    @Min(0)
    @Max(20)
    int reconnects();

    /** The next provider is asked after this, however many tries are left. Longer, and the caller hears it. */
    @WithDefault("5S")
    Duration reconnectWithin();

    /** The longest pause before the first try; doubled each time, up to 8 s, and cut by lot. */
    @WithDefault("250MS")
    Duration reconnectDelay();

    /** Model sessions that this bridge opens in a second for calls that it has already. More, and the model refuses us. */
    @WithDefault("20")
    @Min(1)
    @Max(1000)
    int reconnectsPerSecond();

    /** So long before a model session's limit another one is made ready. Shorter than a long answer cuts it off. */
    @WithDefault("5M")
    Duration rotationMargin();

    /** A model session is replaced before it is older than this, whatever its own limit; 0: only its own counts. */
    @WithDefault("60M")
    Duration longestModelSession();

    /** A caller who waits for words so long hears that somebody works on it. */
    @WithDefault("2S")
    Duration fillerAfter();

    /**
     * A model session that gives no audio for so long is left for another provider, if one may be asked. To lie between
     * {@code filler-after} and {@code offer-after}: sooner, and answers that only take long are made twice; later, and the
     * next provider has no time to give his.
     */
    @WithDefault("4500MS")
    Duration elsewhereAfter();

    /** A caller who waits for words so long is taken from the model: a person, or a message and a callback. */
    @WithDefault("8S")
    Duration offerAfter();
}
