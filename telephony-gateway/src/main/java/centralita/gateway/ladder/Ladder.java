package centralita.gateway.ladder;

import centralita.contracts.phone.PhoneNumber;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The ladder as the operator set it up. Knows no call; any thread. */
@Singleton
public class Ladder {
    private final LadderConfig config;
    private final Map<Situation, List<Rung>> rungs = new EnumMap<>(Situation.class);

    /** @throws IllegalArgumentException when a setting names no rung */
    public Ladder(LadderConfig config) {
        this.config = config;
        rungs.put(Situation.NO_ROOM, rungs("no-room", config.noRoom()));
        rungs.put(Situation.CALL_LIMIT, rungs("call-limit", config.callLimit()));
        rungs.put(Situation.MODEL_UNAVAILABLE, rungs("model-unavailable", config.modelUnavailable()));
        rungs.put(Situation.STREAM_LOST, rungs("stream-lost", config.streamLost()));
    }

    private static List<Rung> rungs(String setting, List<String> words) {
        var found = new ArrayList<Rung>();
        for (var word : words) {
            if (!word.isBlank() && !word.strip().equalsIgnoreCase("none")) {
                try {
                    found.add(Rung.valueOf(word.strip().toUpperCase(Locale.ROOT)));
                } catch (IllegalArgumentException _) {
                    throw new IllegalArgumentException(
                            "gateway.ladder." + setting + " knows person, callback, voicemail and none, not " + word);
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * The step to take now.
     *
     * @param from 0 at first; one more than the last step's when that one failed
     * @param theirs the other party's address, as the provider wrote it
     */
    public Step step(Situation situation, int from, String assistantId, String theirs) {
        var line = Optional.ofNullable(config.humanLines().get(assistantId)).or(config::humanLine);
        var means = new Step.Means(line, PhoneNumber.of(theirs).isPresent(), config.askForCallback());
        return Step.next(rungs.getOrDefault(situation, List.of()), from, means);
    }

    /** What the caller is offered, in one word: the first rung that he can have, or {@code none}. */
    public String offered(Situation situation, String assistantId, String theirs) {
        return switch (step(situation, 0, assistantId, theirs).doing()) {
            case Step.Doing.ConnectPerson _ -> "person";
            case Step.Doing.AskForCallback _, Step.Doing.PromiseCallback _ -> "callback";
            case Step.Doing.TakeMessage _ -> "voicemail";
            case Step.Doing.SayGoodbye _ -> "none";
        };
    }

    /** Where nothing else says one. */
    public SpokenLanguage language() {
        return SpokenLanguage.of(config.language());
    }

    /** Whether who was cut off by a fault of ours is called back. */
    public boolean callsBackWhenDropped() {
        return config.callBackWhenDropped();
    }

    /** How long a step may keep the caller until the provider asks again, in seconds. */
    public int longestSeconds(Step step) {
        return switch (step.doing()) {
            case Step.Doing.ConnectPerson _ -> config.humanLineRingSeconds() + config.humanLineMaxSeconds() + 60;
            case Step.Doing.AskForCallback _ -> config.keySeconds() + 60;
            case Step.Doing.TakeMessage _ -> config.messageSeconds() + 90;
            case Step.Doing.PromiseCallback _, Step.Doing.SayGoodbye _ -> 45;
        };
    }
}
